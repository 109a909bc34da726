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
        command.SetAction(parsed => Run(
            parsed.GetValue(only)!, parsed.GetValue(rounds), parsed.GetValue(quick), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] only, int rounds, bool quick, bool json)
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

        if (rounds is < 1 or > 1_000)
        {
            return Fail(Usage, $"--rounds: {rounds} is not from 1 to 1000");
        }

        try
        {
            return Run(cases, (quick ? Effort.Quick : Effort.Full) with { Rounds = rounds }, json);
        }
        catch (Exception e) when (e is ComparisonException or IOException or InvalidDataException)
        {
            return Fail(Failed, e.Message);
        }
    }

    private static int Run(IReadOnlyList<ComparisonCase> cases, Effort effort, bool json)
    {
        var machine = MachineReading.Take();
        var gate = AllocationGate.Load(AllocationGate.Path);
        IReadOnlyList<ComparedCase> results;
        using (var progress = StepProgress.OnTerminal())
        {
            results = new CompareRun(effort, progress).Run(cases);
        }

        if (json)
        {
            Console.Out.WriteLine(CompareJson.Write(machine, effort, results));
        }
        else
        {
            CompareTable.Write(machine, effort, results, gate);
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
