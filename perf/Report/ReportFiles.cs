using System;
using System.Collections.Generic;
using System.IO;
using LowLatencyQuoter.Perf.Histograms;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Reports as files that the histogram tools and browsers open.</summary>
internal static class ReportFiles
{
    /// <summary>
    /// Writes a <c>.hgrm</c> for each rate and stage, all windows together, values in microseconds:
    /// <c>tick-to-quote-100000-total.hgrm</c>. Returns the files.
    /// </summary>
    public static IReadOnlyList<string> WriteHgrm(LatencyReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (var rate in report.Rates)
        {
            for (var stage = 0; stage < report.Stages.Count; stage++)
            {
                var name = $"{report.Name}-{rate.Key}-{report.Stages[stage].Key}.hgrm";
                var file = Path.Combine(folder, name);
                using var output = new StreamWriter(file);
                PercentileText.Write(rate.Merged(stage), output, 1_000);
                files.Add(file);
            }
        }

        return files;
    }

    /// <summary>Writes one <c>.hlog</c>: an interval for each window and stage, tagged with rate and stage.</summary>
    public static void WriteHlog(LatencyReport report, string file)
    {
        using var output = new StreamWriter(file);
        var log = new HistogramLogWriter(output);
        log.WriteHeader(report.Started);
        log.WriteComment($"[{report.Name}: {report.Meaning}; tags are rate-stage, values nanoseconds]");
        foreach (var rate in report.Rates)
        {
            foreach (var window in rate.Windows)
            {
                for (var stage = 0; stage < report.Stages.Count; stage++)
                {
                    log.Write(
                        window.Stages[stage],
                        window.Started.ToUnixTimeMilliseconds() / 1000.0,
                        window.Seconds,
                        $"{rate.Key}-{report.Stages[stage].Key}");
                }
            }
        }
    }

    /// <summary>Writes the page: one file, nothing is loaded from elsewhere.</summary>
    public static void WriteHtml(LatencyReport report, string file)
    {
        const string Resource = "LowLatencyQuoter.Perf.Report.report.html";
        using var stream = typeof(ReportFiles).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks {Resource}");
        using var reader = new StreamReader(stream);
        var page = reader.ReadToEnd().Replace(
            "{\"report\":\"here\"}", ReportJson.Of(report, curves: true), StringComparison.Ordinal);
        File.WriteAllText(file, page);
    }
}
