using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Machine;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Reports as one JSON object on one line. Times are nanoseconds.</summary>
internal static class ReportJson
{
    /// <summary>A latency report.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="curves">True to add the points of the percentile curves, for plots.</param>
    /// <param name="more">Writes further properties; null: there are none.</param>
    public static string Of(
        LatencyReport report, bool curves = false, System.Action<Utf8JsonWriter>? more = null) => Write(json =>
    {
        json.WriteString("name", report.Name);
        json.WriteString("meaning", report.Meaning);
        json.WriteString("started", report.Started);
        MachineJson.Write(json, report.Machine);
        WriteFacts(json, "conditions", report.Conditions);
        WriteFacts(json, "stages", report.Stages);
        json.WriteStartArray("rates");
        foreach (var rate in report.Rates)
        {
            WriteRate(json, report, rate, curves);
        }

        json.WriteEndArray();
        json.WriteStartObject("unpaced");
        json.WriteNumber("messagesPerSecond", report.UnpacedMedian);
        json.WriteStartArray("windows");
        foreach (var window in report.UnpacedPerSecond)
        {
            json.WriteNumberValue(window);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        if (report.Saturation is { } saturation)
        {
            json.WriteStartObject("saturation");
            json.WriteNumber("sustainedPerSecond", saturation.SustainedPerSecond);
            json.WriteNumber("unsustainedPerSecond", saturation.UnsustainedPerSecond);
            json.WriteString("longestStages", saturation.LongestStages);
            json.WriteNumber("retriedRates", saturation.RetriedRates);
            json.WriteNumber("heldWhenRetried", saturation.HeldWhenRetried);
            json.WriteEndObject();
        }

        json.WriteNumber("lost", report.Lost);
        WriteStalls(json, "stalls", report.Stalls);
        more?.Invoke(json);
    });

    /// <summary>An object on one line.</summary>
    public static string Write(System.Action<Utf8JsonWriter> fill)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fill(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Names and values as an object.</summary>
    public static void WriteFacts(
        Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> facts)
    {
        json.WriteStartObject(name);
        foreach (var fact in facts)
        {
            json.WriteString(fact.Key, fact.Value);
        }

        json.WriteEndObject();
    }

    /// <summary>What machines did to spinning threads.</summary>
    public static void WriteStalls(Utf8JsonWriter json, string name, IReadOnlyList<StallReport> stalls)
    {
        json.WriteStartArray(name);
        foreach (var stall in stalls)
        {
            json.WriteStartObject();
            json.WriteString("when", stall.When);
            json.WriteString("thread", stall.Thread);
            json.WriteNumber("core", stall.Core);
            json.WriteNumber("seconds", stall.WatchedSeconds);
            json.WriteNumber("stalledSeconds", stall.StalledSeconds);
            json.WriteNumber("share", stall.Share);
            json.WriteNumber("perSecond", stall.PerSecond);
            WritePercentiles(json, stall.Gaps);
            json.WriteStartObject("perSecondBySize");
            for (var size = 0; size < StallReport.Classes.Length; size++)
            {
                json.WriteNumber(StallReport.ClassNames[size], stall.PerSecondOf(size));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What a window was and what it took, histograms apart.</summary>
    public static void WriteAccounts(Utf8JsonWriter json, WindowReport window)
    {
        json.WriteString("started", window.Started);
        json.WriteNumber("seconds", window.Seconds);
        json.WriteNumber("messages", window.Messages);
        json.WriteNumber("lost", window.Lost);
        WriteCollections(json, window.Collections);
        json.WriteStartObject("allocatedBytes");
        foreach (var (thread, bytes) in window.AllocatedBytes)
        {
            json.WriteNumber(thread, bytes);
        }

        json.WriteEndObject();
    }

    /// <summary>Garbage collections.</summary>
    public static void WriteCollections(Utf8JsonWriter json, GcCounts collections)
    {
        json.WriteNumber("gen0", collections.Gen0);
        json.WriteNumber("gen1", collections.Gen1);
        json.WriteNumber("gen2", collections.Gen2);
    }

    /// <summary>Count and percentiles of one histogram.</summary>
    public static void WritePercentiles(Utf8JsonWriter json, Histogram histogram)
    {
        json.WriteNumber("count", histogram.TotalCount);
        for (var index = 0; index < ReportText.Percentiles.Length; index++)
        {
            json.WriteNumber(
                ReportText.PercentileNames[index], histogram.ValueAtPercentile(ReportText.Percentiles[index]));
        }
    }

    private static void WriteRate(Utf8JsonWriter json, LatencyReport report, RateReport rate, bool curves)
    {
        json.WriteStartObject();
        json.WriteNumber("offeredPerSecond", rate.OfferedPerSecond);
        if (rate.Phase is not null)
        {
            json.WriteString("phase", rate.Phase);
        }

        json.WriteNumber("achievedPerSecond", rate.AchievedMedian);
        json.WriteBoolean("sustained", rate.IsSustained);
        json.WriteBoolean("searched", rate.IsSearched);
        json.WriteBoolean("retried", rate.IsRetried);
        json.WriteStartArray("stages");
        for (var stage = 0; stage < report.Stages.Count; stage++)
        {
            json.WriteStartObject();
            json.WriteString("name", report.Stages[stage].Key);
            var merged = rate.Merged(stage);
            json.WriteNumber("count", merged.TotalCount);
            for (var index = 0; index < ReportText.Percentiles.Length; index++)
            {
                json.WriteNumber(
                    ReportText.PercentileNames[index], rate.Nanos(stage, ReportText.Percentiles[index]));
            }

            if (curves)
            {
                WriteCurve(json, merged);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("windows");
        foreach (var window in rate.Windows)
        {
            WriteWindow(json, report, window);
        }

        json.WriteEndArray();
        WriteStalls(json, "stalls", rate.Stalls);
        json.WriteEndObject();
    }

    private static void WriteWindow(Utf8JsonWriter json, LatencyReport report, WindowReport window)
    {
        json.WriteStartObject();
        WriteAccounts(json, window);
        json.WriteNumber("conflated", window.Conflated);
        json.WriteNumber("perSecond", window.AchievedPerSecond);
        json.WriteStartObject("stages");
        for (var stage = 0; stage < report.Stages.Count; stage++)
        {
            json.WriteStartObject(report.Stages[stage].Key);
            WritePercentiles(json, window.Stages[stage]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteStalls(json, "stalls", window.Stalls);
        json.WriteEndObject();
    }

    private static void WriteCurve(Utf8JsonWriter json, Histogram histogram)
    {
        json.WriteStartArray("curve");
        foreach (var step in PercentileStep.Of(histogram))
        {
            json.WriteStartArray();
            json.WriteNumberValue(step.Percentile);
            json.WriteNumberValue(step.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
