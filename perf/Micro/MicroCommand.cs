using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>The verb <c>micro</c>: single operations with BenchmarkDotNet's statistics, in this process.</summary>
internal static class MicroCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Make()
    {
        var filter = new Option<string[]>("--filter")
        {
            Description = "only the benchmarks whose names match, for instance *Book*",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = static _ => ["*"],
            HelpName = "GLOB",
        };
        var dry = Flag.Switch("--dry", "each benchmark once: shows that it runs and nothing else");
        var json = Flag.Json();
        var command = new Command("micro", "Measures single-threaded parts with BenchmarkDotNet.")
        {
            filter, dry, json,
        };
        command.SetAction(parsed => Run(parsed, parsed.GetValue(filter)!, parsed.GetValue(dry), parsed.GetValue(json)));
        return command;
    }

    private static int Run(ParseResult parsed, string[] filters, bool dry, bool json)
    {
        // The log of what BenchmarkDotNet does is kept apart: it is shown only where something went wrong.
        var log = new LogCapture();
        var config = Config(dry, filters).AddLogger(log);
        var count = MicroCatalog.Classes.Sum(
            type => BenchmarkConverter.TypeToBenchmarks(type, config).BenchmarksCases.Length);
        if (count == 0)
        {
            Console.Error.WriteLine($"--filter: no benchmark matches {string.Join(' ', filters)}; '*' takes all");
            return 2;
        }

        MachineFacts machine;
        Summary[] summaries;
        using (var progress = StepProgress.OnTerminal())
        {
            progress.Show(0, "begins");
            machine = MachineReading.Take();
            summaries = BenchmarkRunner.Run(
                MicroCatalog.Classes, config.AddEventProcessor(new MicroProgress(count, progress)));
        }

        var done = summaries.Sum(static summary => summary.Reports.Count(static report => report.Success));
        if (done != count)
        {
            Console.Error.WriteLine(string.Concat(log.CapturedOutput.Select(static line => line.Text)));
            Console.Error.WriteLine($"{count - done} of {count} benchmarks failed; what they did is told above");
            return 1;
        }

        if (json)
        {
            Console.Out.WriteLine(MicroJson.Write(machine, RunFacts.Command(parsed), summaries));
        }
        else
        {
            WriteTables(summaries);
            Console.Out.WriteLine($"executed benchmarks: {count}");
        }

        return 0;
    }

    private static ManualConfig Config(bool dry, string[] filters)
    {
        // In this process: the same collector settings as the product, and no project to generate and build.
        var job = (dry ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
        return ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "micro"))
            .WithOptions(ConfigOptions.DisableLogFile)
            .AddFilter(new GlobFilter(filters));
    }

    private static void WriteTables(IReadOnlyList<Summary> summaries)
    {
        foreach (var summary in summaries)
        {
            if (summary.Reports.Length != 0)
            {
                MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
            }
        }
    }
}
