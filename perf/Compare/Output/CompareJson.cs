using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare.Output;

/// <summary>The outcome as one JSON object on one line.</summary>
internal static class CompareJson
{
    private const int Digits = 5;

    // names of types keep their brackets; nothing of this goes into a page
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes machine, rounds, results, allocations, stalls, and the earlier figures of the machine.</summary>
    public static string Write(CompareReport report, Baseline baseline)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            MachineJson.Write(json, report.Machine);
            json.WriteString("command", report.Command);
            json.WriteNumber("rounds", report.Effort.Rounds);
            json.WriteStartArray("results");
            foreach (var result in report.Results)
            {
                WriteResult(json, result);
            }

            json.WriteEndArray();
            json.WriteStartObject("allocations");
            foreach (var result in report.Results)
            {
                json.WriteNumber(result.Case.Name, Rounded(result.BytesPerOperation));
            }

            json.WriteEndObject();
            ReportJson.WriteStalls(json, "stalls", report.Stalls);
            baseline.WriteJson(json, report.Figures);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteResult(Utf8JsonWriter json, ComparedCase result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Case.Name);
        json.WriteString("unit", result.Case.Unit);
        json.WriteNumber("ours", Rounded(result.Ours.Median));
        json.WriteNumber("baseline", Rounded(result.Baseline.Median));
        json.WriteString("baselineName", result.Case.BaselineName);
        json.WriteNumber("ratio", Rounded(result.Ratio));
        WriteSpread(json, "ours", result.Ours);
        WriteSpread(json, "baseline", result.Baseline);
        if (result.Case.IsLatency)
        {
            ReportJson.WriteStalls(json, "stalls", result.Stalls);
        }

        json.WriteEndObject();
    }

    private static void WriteSpread(Utf8JsonWriter json, string side, SideFigures figures)
    {
        json.WriteNumber(side + "Min", Rounded(figures.Min));
        json.WriteNumber(side + "Max", Rounded(figures.Max));
        if (figures.P99 is { } p99)
        {
            json.WriteNumber(side + "P99", Rounded(p99));
        }
    }

    /// <summary>Five digits that count: more would be noise.</summary>
    private static double Rounded(double value) =>
        double.Parse(value.ToString("G" + Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
