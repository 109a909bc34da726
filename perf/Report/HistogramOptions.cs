using System;
using System.CommandLine;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>The files that a report's histograms go to.</summary>
internal sealed class HistogramOptions
{
    private readonly Option<string?> _hgrm = Flag.Target(
        "--hgrm", "folder for a percentile table of each rate and stage");
    private readonly Option<string?> _hlog = Flag.Target("--hlog", "file for an HdrHistogram log of all windows");
    private readonly Option<string?> _html = Flag.Target("--html", "file for one self-contained page with plots");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command) => Flag.Add(command, _hgrm, _hlog, _html);

    /// <summary>Writes the files that were asked for.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="told">Told of each that was written.</param>
    public void Write(LatencyReport report, ParseResult parsed, Action<string> told)
    {
        if (parsed.GetValue(_hgrm) is { } folder)
        {
            told(ReportFiles.WriteHgrm(report, folder).Count + " files in " + folder);
        }

        if (parsed.GetValue(_hlog) is { } log)
        {
            ReportFiles.WriteHlog(report, log);
            told(log);
        }

        if (parsed.GetValue(_html) is { } page)
        {
            ReportFiles.WriteHtml(report, page);
            told(page);
        }
    }
}
