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
    private readonly Option<string?> _into = Flag.Target(
        "--into", "Markdown file that gets the same between its lines <!-- NAME --> and <!-- /NAME -->");
    private readonly HistogramOptions _histograms = new();
    private readonly BaselineOptions _baseline = new();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Flag.Add(command, _json, _markdown, _into);
        _histograms.AddTo(command);
        _baseline.AddTo(command);
    }

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
            progress.Show(0, "begins");
            report = measure(progress);
        }

        report = report with { Conditions = [.. RunFacts.Of(report.Machine, parsed), .. report.Conditions] };

        Write(report, parsed);
        return report.Lost == 0 ? 0 : 1;
    }

    private void Write(LatencyReport report, ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var baseline = _baseline.Of(report.Machine, "latency", parsed);
        var times = LatencyTimes.Of(report);
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
            output.WriteLine(baseline.Compare(times));
        }

        WriteFiles(report, parsed, Told);
        var line = isJson ? ReportJson.Of(report, more: json => baseline.WriteJson(json, times)) : "";
        if (_baseline.IsSaved(parsed))
        {
            Told(baseline.Save(times));
        }

        if (isJson)
        {
            output.WriteLine(line);
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

        _histograms.Write(report, parsed, told);
    }
}
