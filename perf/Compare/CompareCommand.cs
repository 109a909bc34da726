using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using LowLatencyQuoter.Perf.Compare.Output;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>The verb <c>compare</c>.</summary>
internal static class CompareCommand
{
    private const int Failed = 1;
    private const int Usage = 2;

    /// <summary>Makes the verb.</summary>
    public static Command Make()
    {
        var only = new Option<string[]>("--only")
        {
            Description = "only the cases whose names begin so; see list",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = static _ => [],
            HelpName = "NAME",
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "rounds of each side; figures are their medians",
            DefaultValueFactory = static _ => Effort.UsualRounds,
            HelpName = "N",
        };
        var quick = new Option<bool>("--quick") { Description = "short rounds: allocations are exact, times are not" };
        var json = new Option<bool>("--json") { Description = "one JSON object on the last line of stdout" };
        var command = new Command(
            "compare",
            "Measures the product's parts beside what one would otherwise take, in one process and in turns.")
        {
            only, rounds, quick, json,
        };
        var baseline = new BaselineOptions();
        baseline.AddTo(command);
        command.SetAction(parsed =>
        {
            var isQuick = parsed.GetValue(quick);
            return isQuick && baseline.IsSaved(parsed)
                ? Fail(Usage, "--save: the times of --quick are not worth keeping; leave one of the two out")
                : Run(
                    parsed.GetValue(only)!,
                    (isQuick ? Effort.Quick : Effort.Full) with { Rounds = parsed.GetValue(rounds) },
                    (effort, cases) => Run(cases, effort, parsed, parsed.GetValue(json), baseline));
        });
        return command;
    }

    private static int Run(string[] only, Effort effort, Func<Effort, IReadOnlyList<ComparisonCase>, int> run)
    {
        IReadOnlyList<ComparisonCase> cases;
        try
        {
            cases = ComparisonCatalog.Choose(only);
        }
        catch (ComparisonException e)
        {
            return Fail(Usage, e.Message);
        }

        if (effort.Rounds is < 1 or > 1_000)
        {
            return Fail(Usage, $"--rounds: {effort.Rounds} is not from 1 to 1000");
        }

        try
        {
            return run(effort, cases);
        }
        catch (Exception e) when (e is ComparisonException or IOException or InvalidDataException)
        {
            return Fail(Failed, e.Message);
        }
    }

    private static int Run(
        IReadOnlyList<ComparisonCase> cases, Effort effort, ParseResult parsed, bool json, BaselineOptions options)
    {
        var gate = AllocationGate.Load(AllocationGate.Path);
        MachineFacts machine;
        IReadOnlyList<ComparedCase> results;
        using (var progress = StepProgress.OnTerminal())
        {
            progress.Show(0, "begins");
            machine = MachineReading.Take();
            results = new CompareRun(effort, progress).Run(cases);
        }

        var report = new CompareReport(machine, RunFacts.Command(parsed), effort, results);
        var baseline = options.Of(machine, "compare", parsed);
        if (json)
        {
            Console.Out.WriteLine(CompareJson.Write(report, baseline));
        }
        else
        {
            CompareTable.Write(report, gate);
            Console.Out.WriteLine($"command {report.Command}");
            Console.Out.WriteLine(baseline.Compare(report.Figures));
        }

        if (options.IsSaved(parsed))
        {
            var file = baseline.Save(report.Figures);
            Console.Error.WriteLine($"wrote {file}");
        }

        var violations = gate.Violations(results);
        foreach (var violation in violations)
        {
            Console.Error.WriteLine(violation);
        }

        return violations.Count == 0 ? 0 : Failed;
    }

    private static int Fail(int code, string reason)
    {
        Console.Error.WriteLine(reason);
        return code;
    }
}
