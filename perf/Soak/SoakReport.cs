using System;
using System.Collections.Generic;
using System.IO;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Soak;

/// <summary>What a long run showed.</summary>
internal sealed record SoakReport
{
    private const double Mebi = 1 << 20;

    /// <summary>The machine.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>How it was set up.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Conditions { get; init; }

    /// <summary>When the accounts began.</summary>
    public DateTimeOffset Started { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Messages that were due a second.</summary>
    public double OfferedPerSecond { get; init; }

    /// <summary>Messages sent.</summary>
    public required long Messages { get; init; }

    /// <summary>Messages that the books counted.</summary>
    public required long Applied { get; init; }

    /// <summary>Quotes published for them.</summary>
    public required long Quoted { get; init; }

    /// <summary>Breaks of chains and frames that were not understood.</summary>
    public required long Faults { get; init; }

    /// <summary>From the first message due to the last quote.</summary>
    public required double Seconds { get; init; }

    /// <summary>Managed bytes that the reader's thread allocated.</summary>
    public required long ReaderBytes { get; init; }

    /// <summary>And the engine's.</summary>
    public required long EngineBytes { get; init; }

    /// <summary>
    /// Managed bytes that the other threads of the process allocated: none may be enough for a collection.
    /// </summary>
    public required long OtherBytes { get; init; }

    /// <summary>Garbage collections.</summary>
    public required GcCounts Collections { get; init; }

    /// <summary>Resident memory at the beginning, bytes.</summary>
    public required double ResidentFirst { get; init; }

    /// <summary>Resident memory at the end, bytes.</summary>
    public required double ResidentLast { get; init; }

    /// <summary>What the best line through the samples gained, bytes.</summary>
    public required double ResidentGrowth { get; init; }

    /// <summary>Due to published, nanoseconds.</summary>
    public required Histogram Total { get; init; }

    /// <summary>What the machine did to the hot threads meanwhile, while they had nothing to do.</summary>
    public required IReadOnlyList<StallReport> Stalls { get; init; }

    /// <summary>Growth that still counts as flat: what the system's own bookkeeping moves.</summary>
    public double GrowthMax => Math.Max(1 << 20, ResidentFirst * 0.01);

    /// <summary>Sentences on everything that must not be; empty when the run passed.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            var violations = new List<string>();
            Check(Applied == Messages, Text($"{Messages - Applied} of {Messages} messages are in no book"));
            Check(Quoted == Messages, Text($"{Messages - Quoted} of {Messages} messages are in no quote"));
            Check(Faults == 0, Text($"{Faults} breaks of a chain or frames not understood"));
            Check(ReaderBytes == 0, Text($"the reader's thread allocated {ReaderBytes} bytes"));
            Check(EngineBytes == 0, Text($"the engine's thread allocated {EngineBytes} bytes"));
            Check(Collections.Gen0 == 0, Text(
                $"{Collections.Gen0} garbage collections; threads off the hot path allocated {OtherBytes} bytes"));
            Check(
                ResidentGrowth <= GrowthMax,
                Text($"resident memory grew by {ResidentGrowth / 1024:#,0} KiB, more than {GrowthMax / 1024:#,0} KiB"));
            return violations;

            void Check(bool holds, string violation)
            {
                if (!holds)
                {
                    violations.Add(violation);
                }
            }
        }
    }

    /// <summary>The run as one window of a latency measurement, for the files of histograms and the page.</summary>
    public LatencyReport ToLatency() => new()
    {
        Name = "soak",
        Meaning = "frame due in user memory -> quote published, over the whole run",
        Machine = Machine,
        Conditions = Conditions,
        Started = Started,
        Stages = [new("total", "due -> quote complete")],
        Rates =
        [
            new RateReport(
                OfferedPerSecond,
                [
                    new WindowReport
                    {
                        Started = Started,
                        Seconds = Seconds,
                        Messages = Messages,
                        Lost = Messages - Math.Min(Applied, Quoted),
                        Stages = [Total],
                        Collections = Collections,
                        AllocatedBytes = [new("reader", ReaderBytes), new("engine", EngineBytes)],
                        Stalls = Stalls,
                    },
                ]),
        ],
        UnpacedPerSecond = [],
        Stalls = [],
    };

    /// <summary>Writes it for people.</summary>
    public void Write(TextWriter output)
    {
        ReportText.WriteFacts(Machine.Facts, output);
        ReportText.WriteFacts(Conditions, output);
        ReportText.WriteFacts(
            [
                new("messages",
                    Text($"{Messages:#,0} sent, {Applied:#,0} applied, {Quoted:#,0} quoted, {Faults} faults")),
                new("time", Text($"{Seconds:0.0} s, {Messages / Math.Max(Seconds, 1e-9):#,0} messages/s")),
                new("allocated", Text($"reader {ReaderBytes} bytes, engine {EngineBytes} bytes, ")
                    + Text($"{(ReaderBytes + EngineBytes) / (double)Math.Max(Messages, 1):0.####} an event; ")
                    + Text($"threads off the hot path {OtherBytes} bytes")),
                new("collections", Collections.ToString()),
                new("resident", Text($"{ResidentFirst / Mebi:0.0} MiB, then {ResidentLast / Mebi:0.0} MiB")),
                new("resident, best line", Text($"gains {ResidentGrowth / 1024:#,0} KiB over the run")),
                new("latency", Text($"p50 {Micros(50)} p90 {Micros(90)} p99 {Micros(99)} p99.9 {Micros(99.9)}")
                    + Text($" p99.99 {Micros(99.99)} max {Micros(100)} us")),
            ],
            output);
        ReportText.WriteStalls(Stalls, output);
        foreach (var violation in Violations)
        {
            output.WriteLine($"FAILED: {violation}");
        }

        if (Violations.Count == 0)
        {
            output.WriteLine("passed: nothing lost, nothing allocated, no collection, memory flat");
        }
    }

    /// <summary>One JSON object on one line.</summary>
    public string ToJson() => ReportJson.Write(json =>
    {
        json.WriteString("name", "soak");
        MachineJson.Write(json, Machine);
        ReportJson.WriteFacts(json, "conditions", Conditions);
        json.WriteNumber("messages", Messages);
        json.WriteNumber("applied", Applied);
        json.WriteNumber("quoted", Quoted);
        json.WriteNumber("faults", Faults);
        json.WriteNumber("seconds", Seconds);
        json.WriteStartObject("allocatedBytes");
        json.WriteNumber("reader", ReaderBytes);
        json.WriteNumber("engine", EngineBytes);
        json.WriteNumber("others", OtherBytes);
        json.WriteNumber("perEvent", (ReaderBytes + EngineBytes) / (double)Math.Max(Messages, 1));
        json.WriteEndObject();
        ReportJson.WriteCollections(json, Collections);
        json.WriteStartObject("residentBytes");
        json.WriteNumber("first", ResidentFirst);
        json.WriteNumber("last", ResidentLast);
        json.WriteNumber("growth", ResidentGrowth);
        json.WriteNumber("growthMax", GrowthMax);
        json.WriteEndObject();
        json.WriteStartObject("latency");
        ReportJson.WritePercentiles(json, Total);
        json.WriteEndObject();
        ReportJson.WriteStalls(json, "stalls", Stalls);
        json.WriteStartArray("violations");
        foreach (var violation in Violations)
        {
            json.WriteStringValue(violation);
        }

        json.WriteEndArray();
        json.WriteBoolean("passed", Violations.Count == 0);
    });

    private string Micros(double percentile) => Text($"{Total.ValueAtPercentile(percentile) / 1e3:0.000}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
