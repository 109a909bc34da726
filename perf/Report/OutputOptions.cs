using System.CommandLine;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Where a latency report goes.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json")
    {
        Description = "one JSON object on the last line of stdout, in place of the tables",
    };
    private readonly Option<string?> _hgrm = new("--hgrm")
    {
        Description = "folder for a percentile table of each rate and stage",
    };
    private readonly Option<string?> _hlog = new("--hlog")
    {
        Description = "file for an HdrHistogram log of all windows",
    };
    private readonly Option<string?> _html = new("--html")
    {
        Description = "file for one self-contained page with plots",
    };
    private readonly Option<bool> _save = new("--save")
    {
        Description = "keep these times as the baseline of this machine",
    };
    private readonly Option<string?> _baselines = new("--baselines")
    {
        Description = "folder of the baselines (default: perf/baselines of the checkout)",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_hgrm);
        command.Options.Add(_hlog);
        command.Options.Add(_html);
        command.Options.Add(_save);
        command.Options.Add(_baselines);
    }

    /// <summary>Writes the report to all places that were asked for; text or JSON go to the output.</summary>
    public void Write(LatencyReport report, ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var baseline = Baseline.Of(report.Machine, parsed.GetValue(_baselines));
        var isJson = parsed.GetValue(_json);
        if (!isJson)
        {
            ReportText.Write(report, output);
            output.WriteLine();
            output.WriteLine(baseline.Compare(report));
        }

        if (parsed.GetValue(_hgrm) is { } folder)
        {
            Told(ReportFiles.WriteHgrm(report, folder).Count + " files in " + folder);
        }

        if (parsed.GetValue(_hlog) is { } log)
        {
            ReportFiles.WriteHlog(report, log);
            Told(log);
        }

        if (parsed.GetValue(_html) is { } page)
        {
            ReportFiles.WriteHtml(report, page);
            Told(page);
        }

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
            if (!isJson)
            {
                output.WriteLine($"wrote {what}");
            }
        }
    }
}
