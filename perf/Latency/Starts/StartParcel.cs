using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Perf.Processes;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency.Starts;

/// <summary>
/// What a measured process hands to the one that started it, as JSON on one line, histograms encoded.
/// </summary>
/// <param name="WarmUp">What its warm-up did.</param>
/// <param name="Frames">Bytes of a frame, and why threads could not be pinned.</param>
/// <param name="Parts">The first part of its life and the steady one.</param>
internal sealed record StartParcel(string WarmUp, string Frames, IReadOnlyList<RateReport> Parts)
{
    /// <summary>Writes one.</summary>
    public static string Write(StartParcel parcel) => ReportJson.Write(json =>
    {
        json.WriteString("warmUp", parcel.WarmUp);
        json.WriteString("frames", parcel.Frames);
        json.WriteStartArray("parts");
        foreach (var part in parcel.Parts)
        {
            json.WriteStartObject();
            json.WriteString("phase", part.Phase);
            json.WriteNumber("offered", part.OfferedPerSecond);
            WriteWindow(json, part.Windows[0]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Reads one.</summary>
    /// <exception cref="PerfException">The text is none: the process said something else.</exception>
    public static StartParcel Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var parts = new List<RateReport>();
            foreach (var part in root.GetProperty("parts").EnumerateArray())
            {
                parts.Add(new RateReport(
                    part.GetProperty("offered").GetDouble(), [ReadWindow(part)], Text(part, "phase")));
            }

            return new StartParcel(Text(root, "warmUp"), Text(root, "frames"), parts);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or InvalidDataException)
        {
            throw new PerfException($"the measured process did not hand over histograms: {e.Message}", 1);
        }
    }

    private static void WriteWindow(Utf8JsonWriter json, WindowReport window)
    {
        ReportJson.WriteAccounts(json, window);
        json.WriteStartArray("stages");
        foreach (var stage in window.Stages)
        {
            json.WriteBase64StringValue(HistogramEncoding.EncodeCompressed(stage));
        }

        json.WriteEndArray();
        StallParcel.Write(json, window.Stalls);
    }

    private static WindowReport ReadWindow(JsonElement part)
    {
        var stages = new List<Histogram>();
        foreach (var stage in part.GetProperty("stages").EnumerateArray())
        {
            stages.Add(HistogramEncoding.Decode(stage.GetBytesFromBase64()));
        }

        var allocated = new List<KeyValuePair<string, long>>();
        foreach (var thread in part.GetProperty("allocatedBytes").EnumerateObject())
        {
            allocated.Add(new(thread.Name, thread.Value.GetInt64()));
        }

        return new WindowReport
        {
            Started = part.GetProperty("started").GetDateTimeOffset(),
            Seconds = part.GetProperty("seconds").GetDouble(),
            Messages = part.GetProperty("messages").GetInt64(),
            Lost = part.GetProperty("lost").GetInt64(),
            Stages = stages,
            Collections = new GcCounts(
                part.GetProperty("gen0").GetInt32(),
                part.GetProperty("gen1").GetInt32(),
                part.GetProperty("gen2").GetInt32()),
            AllocatedBytes = allocated,
            Stalls = StallParcel.Read(part),
        };
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
