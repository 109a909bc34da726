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
        var one = new Option<string?>(CaseProcess.Option)
        {
            Description = "measure this case in this process and hand its rounds over",
            Hidden = true,
        };
        var command = new Command(
            "compare",
            "Measures the product's parts beside what one would otherwise take, both in one process and in turns.")
        {
            only, rounds, quick, json, one,
        };
        var baseline = new BaselineOptions();
        baseline.AddTo(command);
        command.SetAction(parsed =>
        {
            var isQuick = parsed.GetValue(quick);
            if (isQuick && baseline.IsSaved(parsed))
            {
                return Fail(Usage, "--save: the times of --quick are not worth keeping; leave one of the two out");
            }

            var effort = (isQuick ? Effort.Quick : Effort.Full) with { Rounds = parsed.GetValue(rounds) };
            return parsed.GetValue(one) is { } name
                ? Run([name], effort, _ => RunHere(ComparisonCatalog.Named(name), effort))
                : Run(
                    parsed.GetValue(only)!,
                    effort,
                    cases => Run(cases, effort, isQuick, parsed, parsed.GetValue(json), baseline));
        });
        return command;
    }

    private static int Run(string[] only, Effort effort, Func<IReadOnlyList<ComparisonCase>, int> run)
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
            return run(cases);
        }
        catch (Exception e) when (e is ComparisonException or IOException or InvalidDataException)
        {
            return Fail(Failed, e.Message);
        }
    }

    private static int RunHere(ComparisonCase item, Effort effort)
    {
        using var progress = StepProgress.Silent();
        Console.Out.WriteLine(CaseParcel.Write(new CompareRun(effort, progress).Run(item)));
        return 0;
    }

    private static int Run(
        IReadOnlyList<ComparisonCase> cases,
        Effort effort,
        bool quick,
        ParseResult parsed,
        bool json,
        BaselineOptions options)
    {
        var gate = AllocationGate.Load(AllocationGate.Path);
        MachineFacts machine;
        var results = new List<ComparedCase>(cases.Count);
        using (var progress = StepProgress.OnTerminal())
        {
            progress.Show(0, "begins");
            machine = MachineReading.Take();
            var steps = new StepCount(cases.Count, progress);
            foreach (var item in cases)
            {
                results.Add(CaseProcess.Run(item, effort, quick, share => steps.Within(share, item.Name)));
                steps.Done(item.Name);
            }
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
