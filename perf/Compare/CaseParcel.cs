using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using LowLatencyQuoter.Perf.Processes;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>
/// One comparison as the process that measured it hands it over: every round of both sides, as JSON on one line.
/// </summary>
internal static class CaseParcel
{
    /// <summary>Writes one.</summary>
    public static string Write(ComparedCase compared) => ReportJson.Write(json =>
    {
        WriteSide(json, "ours", compared.Ours);
        WriteSide(json, "baseline", compared.Baseline);
        json.WriteNumber("bytes", compared.BytesPerOperation);
        StallParcel.Write(json, compared.Stalls);
    });

    /// <summary>Reads one.</summary>
    /// <exception cref="PerfException">The text is none: the process said something else.</exception>
    public static ComparedCase Read(ComparisonCase item, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return new ComparedCase(
                item, ReadSide(root, "ours"), ReadSide(root, "baseline"), root.GetProperty("bytes").GetDouble())
            {
                Stalls = StallParcel.Read(root),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or InvalidDataException)
        {
            throw new PerfException($"{item.Name}: its process did not hand over rounds: {e.Message}", 1);
        }
    }

    private static void WriteSide(Utf8JsonWriter json, string name, SideFigures side)
    {
        json.WriteStartArray(name);
        foreach (var round in side.Rounds)
        {
            json.WriteStartArray();
            json.WriteNumberValue(round.Value);
            if (round.P99 is { } p99)
            {
                json.WriteNumberValue(p99);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static SideFigures ReadSide(JsonElement root, string name)
    {
        var side = new SideFigures();
        foreach (var round in root.GetProperty(name).EnumerateArray())
        {
            side.Add(new Figure(round[0].GetDouble(), round.GetArrayLength() == 1 ? null : round[1].GetDouble()));
        }

        return side;
    }
}
