using System;
using System.CommandLine;
using System.IO;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Where a latency report goes.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = Flag.Json();
    private readonly Option<bool> _markdown = Flag.Switch(
        "--markdown", "Markdown with every condition, in place of the tables");
    private readonly Option<string?> _into = Target(
        "--into", "Markdown file that gets the same between its lines <!-- NAME --> and <!-- /NAME -->");
    private readonly Option<string?> _hgrm = Target("--hgrm", "folder for a percentile table of each rate and stage");
    private readonly Option<string?> _hlog = Target("--hlog", "file for an HdrHistogram log of all windows");
    private readonly Option<string?> _html = Target("--html", "file for one self-contained page with plots");
    private readonly Option<bool> _save = Flag.Switch("--save", "keep these times as the baseline of this machine");
    private readonly Option<string?> _baselines = Target(
        "--baselines", "folder of the baselines (default: perf/baselines of the checkout)");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command) =>
        Flag.Add(command, _json, _markdown, _into, _hgrm, _hlog, _html, _save, _baselines);

    /// <summary>Measures with a progress bar and writes the report to all places that were asked for.</summary>
    /// <returns>0, or 1 when messages were lost.</returns>
    public int Report(ParseResult parsed, Func<StepProgress, LatencyReport> measure)
    {
        if (parsed.GetValue(_into) is { } file)
        {
            MarkdownSection.Require(file, parsed.CommandResult.Command.Name);
        }

        LatencyReport report;
        using (var progress = StepProgress.OnTerminal())
        {
            report = measure(progress);
        }

        Write(report, parsed);
        return report.Lost == 0 ? 0 : 1;
    }

    private void Write(LatencyReport report, ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var baseline = Baseline.Of(report.Machine, parsed.GetValue(_baselines));
        var isJson = parsed.GetValue(_json);
        var isMarkdown = parsed.GetValue(_markdown);
        if (isMarkdown)
        {
            ReportMarkdown.Write(report, output);
        }
        else if (!isJson)
        {
            ReportText.Write(report, output);
            output.WriteLine();
            output.WriteLine(baseline.Compare(report));
        }

        WriteFiles(report, parsed, Told);
        if (parsed.GetValue(_save))
        {
            Told(baseline.Save(report));
        }

        if (isJson)
        {
            output.WriteLine(ReportJson.Of(report));
        }

        void Told(string what)
        {
            if (!isJson && !isMarkdown)
            {
                output.WriteLine($"wrote {what}");
            }
        }
    }

    private void WriteFiles(LatencyReport report, ParseResult parsed, Action<string> told)
    {
        if (parsed.GetValue(_into) is { } document)
        {
            using var text = new StringWriter();
            ReportMarkdown.Write(report, text);
            MarkdownSection.Replace(document, report.Name, text.ToString());
            told(document);
        }

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

    private static Option<string?> Target(string name, string description) =>
        new(name) { Description = description };
}
