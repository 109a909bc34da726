using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Perf.Jitter;

namespace LowLatencyQuoter.Perf.Processes;

/// <summary>The machine's stalls, as a measured process hands them over: each histogram whole.</summary>
internal static class StallParcel
{
    private const string Name = "stalls";

    /// <summary>Writes them as one property.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<StallReport> stalls)
    {
        json.WriteStartArray(Name);
        foreach (var stall in stalls)
        {
            json.WriteStartObject();
            json.WriteString("when", stall.When);
            json.WriteString("thread", stall.Thread);
            json.WriteNumber("core", stall.Core);
            json.WriteNumber("watched", stall.WatchedSeconds);
            json.WriteNumber("stalled", stall.StalledSeconds);
            json.WriteBase64String("gaps", HistogramEncoding.EncodeCompressed(stall.Gaps));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads them from the object that has the property.</summary>
    public static IReadOnlyList<StallReport> Read(JsonElement owner)
    {
        var stalls = new List<StallReport>();
        foreach (var stall in owner.GetProperty(Name).EnumerateArray())
        {
            stalls.Add(new StallReport(
                stall.GetProperty("when").GetString() ?? "",
                stall.GetProperty("thread").GetString() ?? "",
                stall.GetProperty("core").GetInt32(),
                stall.GetProperty("watched").GetDouble(),
                stall.GetProperty("stalled").GetDouble(),
                HistogramEncoding.Decode(stall.GetProperty("gaps").GetBytesFromBase64())));
        }

        return stalls;
    }
}
