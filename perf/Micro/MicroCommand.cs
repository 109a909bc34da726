using System;
using System.CommandLine;
using System.IO;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

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
        var dry = new Option<bool>("--dry")
        {
            Description = "each benchmark once: shows that it runs and nothing else",
        };
        var command = new Command("micro", "Measures single-threaded parts with BenchmarkDotNet.") { filter, dry };
        command.SetAction(parsed => Run(parsed.GetValue(filter)!, parsed.GetValue(dry)));
        return command;
    }

    private static int Run(string[] filters, bool dry)
    {
        // In this process: the same collector settings as the product, and no project to generate and build.
        var job = (dry ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.Console)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "micro"))
            .WithOptions(ConfigOptions.DisableLogFile)
            .AddFilter(new GlobFilter(filters));
        var count = 0;
        foreach (var summary in BenchmarkRunner.Run(
            [typeof(DecodeBenchmarks), typeof(BookBenchmarks), typeof(HistogramBenchmarks),
                typeof(PipelineBenchmarks)], config))
        {
            count += summary.Reports.Length;
        }

        if (count == 0)
        {
            Console.Error.WriteLine($"--filter: no benchmark matches {string.Join(' ', filters)}; '*' takes all");
            return 2;
        }

        return 0;
    }
}
