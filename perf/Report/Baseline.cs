using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LowLatencyQuoter.Perf.Machine;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>
/// Earlier times of one machine, in <c>FOLDER/ID.latency.json</c>: nanoseconds by measurement, rate and percentile.
/// Times are told beside each other and never judged; those of other machines are not compared at all.
/// </summary>
internal sealed class Baseline
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly int[] Shown = [0, 2];
    private readonly string _file;
    private readonly string _id;

    private Baseline(string file, string id)
    {
        _file = file;
        _id = id;
    }

    /// <summary>The baseline of a machine, which may not exist.</summary>
    /// <param name="machine">Whose.</param>
    /// <param name="folder">Where baselines lie; null: <c>perf/baselines</c> of the checkout that this is built
    /// from.</param>
    public static Baseline Of(MachineFacts machine, string? folder)
    {
        folder ??= Path.Combine(Checkout() ?? Environment.CurrentDirectory, "perf", "baselines");
        return new Baseline(Path.Combine(folder, machine.Id + ".latency.json"), machine.Id);
    }

    /// <summary>Keeps the report's times, beside those of other measurements. Returns the file.</summary>
    public string Save(LatencyReport report)
    {
        var saved = Read() ?? new JsonObject { ["machine"] = _id };
        foreach (var (name, nanos) in Times(report))
        {
            saved[name] = nanos;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.WriteAllText(_file, saved.ToJsonString(Indented) + "\n");
        return _file;
    }

    /// <summary>The report beside the baseline, in words.</summary>
    public string Compare(LatencyReport report)
    {
        if (Read() is not { } saved)
        {
            return $"no baseline of machine {_id}; --save keeps these times as one";
        }

        var text = new StringBuilder($"beside the baseline of machine {_id} (told, not judged):");
        foreach (var (name, nanos) in Times(report))
        {
            if (saved[name] is { } earlier && earlier.GetValue<double>() is > 0 and var before)
            {
                var change = ((nanos / before) - 1) * 100;
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"\n  {name,-44} {nanos:#,0} ns, was {before:#,0} ({change:+0;-0;0} %)");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, double Nanos)> Times(LatencyReport report)
    {
        foreach (var rate in report.Rates)
        {
            if (rate.IsSearched)
            {
                continue;   // the next search will try other rates
            }

            var measured = string.Create(CultureInfo.InvariantCulture, $"{report.Name} {rate.OfferedPerSecond:0}/s")
                + (rate.Phase is null ? "" : " " + rate.Phase);
            for (var stage = 0; stage < report.Stages.Count; stage++)
            {
                foreach (var percentile in Shown)
                {
                    yield return (
                        $"{measured} {report.Stages[stage].Key} {ReportText.PercentileNames[percentile]}",
                        rate.Nanos(stage, ReportText.Percentiles[percentile]));
                }
            }
        }

        if (report.UnpacedPerSecond.Count != 0)
        {
            yield return ($"{report.Name} unpaced, a message", 1e9 / report.UnpacedMedian);
        }

        if (report.Saturation is { SustainedPerSecond: > 0 and var sustained })
        {
            yield return ($"{report.Name} sustained, a message", 1e9 / sustained);
        }
    }

    private JsonObject? Read()
    {
        if (!File.Exists(_file))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(_file)) as JsonObject
                ?? throw new PerfException($"{_file}: not a JSON object; delete it and --save anew", 1);
        }
        catch (JsonException e)
        {
            throw new PerfException($"{_file}: {e.Message}; delete it and --save anew", 1);
        }
    }

    private static string? Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LowLatencyQuoter.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
