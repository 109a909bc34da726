using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Micro;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Perf.Soak;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>The verb <c>list</c>.</summary>
internal static class ListCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Make()
    {
        var json = Flag.Json();
        var command = new Command("list", "What there is to measure: one line a comparison, measurement or benchmark.")
        {
            json,
        };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(ReportJson.Write(WriteJson));
            }
            else
            {
                WriteLines(output);
            }

            return 0;
        });
        return command;
    }

    private static Command[] Others => [SoakCommand.Make(), JitterCommand.Make()];

    private static void WriteLines(TextWriter output)
    {
        var lines = new List<(string Name, string What)>();
        foreach (var item in ComparisonCatalog.All)
        {
            lines.Add((item.Name, $"{item.Summary} ({item.Unit}), against {item.BaselineName}"));
        }

        lines.AddRange(LatencyCommand.Make().Subcommands.Select(static item =>
            ($"latency {item.Name}", item.Description!)));
        lines.AddRange(Others.Select(static item => (item.Name, item.Description!)));
        lines.AddRange(MicroCatalog.All.Select(static item =>
            ($"micro {item.Class.Name}", "both sides of " + string.Join(", ", item.Cases))));
        var width = lines.Max(static line => line.Name.Length);
        foreach (var (name, what) in lines)
        {
            output.WriteLine($"{name.PadRight(width)}  {what}");
        }
    }

    private static void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartArray("compare");
        foreach (var item in ComparisonCatalog.All)
        {
            json.WriteStartObject();
            json.WriteString("name", item.Name);
            json.WriteString("unit", item.Unit);
            json.WriteBoolean("moreIsBetter", item.MoreIsBetter);
            json.WriteString("baselineName", item.BaselineName);
            json.WriteString("summary", item.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCommands(json, "latency", LatencyCommand.Make().Subcommands);
        WriteCommands(json, "others", Others);
        json.WriteStartArray("micro");
        foreach (var (type, cases) in MicroCatalog.All)
        {
            json.WriteStartObject();
            json.WriteString("name", type.Name);
            json.WriteStartArray("cases");
            foreach (var name in cases)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCommands(Utf8JsonWriter json, string name, IEnumerable<Command> commands)
    {
        json.WriteStartArray(name);
        foreach (var command in commands)
        {
            json.WriteStartObject();
            json.WriteString("name", command.Name);
            json.WriteString("summary", command.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
