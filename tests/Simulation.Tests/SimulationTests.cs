using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>Days of faults, each from its seed.</summary>
public sealed class SimulationTests
{
    private const int Seeds = 200;
    private const int LinesShown = 120;

    [Test]
    [CancelAfter(14_400_000)]
    public void EveryBookIsTheVenuesAndEveryQuoteIsTrue()
    {
        var first = Setting("QUOTER_SIMULATION_SEED", 1);
        var count = Setting("QUOTER_SIMULATION_SEEDS", Seeds);
        var outcomes = new ConcurrentBag<DayOutcome>();
        var failures = new ConcurrentDictionary<int, string>();
        var next = first - 1;
        var started = Stopwatch.GetTimestamp();
        Parallel.For(0, Math.Min(2, count), new ParallelOptions { MaxDegreeOfParallelism = 2 }, _ =>
        {
            for (var seed = Interlocked.Increment(ref next); seed < first + count && failures.Count < 8;
                seed = Interlocked.Increment(ref next))
            {
                if (Live(seed, outcomes) is { } failure)
                {
                    failures[seed] = failure;
                }
            }
        });

        var elapsed = Stopwatch.GetElapsedTime(started);
        TestContext.Out.WriteLine(Summary(outcomes, elapsed));
        Assert.That(failures, Is.Empty, () => string.Join("\n", failures.OrderBy(static failure => failure.Key)
            .Select(static failure => Story(failure.Key, failure.Value))));
        if (count >= Seeds)
        {
            var tally = new FaultTally();
            outcomes.ToList().ForEach(outcome => tally.Add(outcome.Tally));
            var rare = Enum.GetValues<FaultKind>().Where(kind => tally[kind] < 4);
            Assert.That(rare, Is.Empty, "kinds of faults that were rare");
            Assert.That(outcomes.Sum(static outcome => outcome.LossesNoticed), Is.GreaterThan(100), "losses noticed");
        }
    }

    /// <summary>Null, or what was wrong. Every eighth day is lived twice: it has to be the same.</summary>
    private static string? Live(int seed, ConcurrentBag<DayOutcome> outcomes)
    {
        try
        {
            var outcome = Live(seed, (DayLog?)null);
            outcomes.Add(outcome);
            if (seed % 8 != 0)
            {
                return null;
            }

            var again = Live(seed, (DayLog?)null);
            return (again.QuoteHash, again.StateHash) == (outcome.QuoteHash, outcome.StateHash) ? null
                : $"the same seed gave other quotes: {outcome} and {again}";
        }
#pragma warning disable CA1031 // not swallowed: it is the seed's failure, and told with the seed
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e is SimulationException ? e.Message : e.ToString();
        }
    }

    private static DayOutcome Live(int seed, DayLog? log)
    {
        using var day = new SimulatedDay(DayPlan.Of(seed), log);
        return day.Run();
    }

    /// <summary>The failure with what led to it, and how to have it again.</summary>
    private static string Story(int seed, string failure)
    {
        var log = new DayLog();
        try
        {
            Live(seed, log);
            log.Add("this time nothing was wrong");
        }
#pragma warning disable CA1031 // shown as part of the story
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.Add(e.Message);
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"seed {seed}: {failure}\n{DayPlan.Of(seed)}\n");
        text.Append("again: QUOTER_SIMULATION_SEED=").Append(seed.ToString(CultureInfo.InvariantCulture));
        text.Append(" QUOTER_SIMULATION_SEEDS=1 dotnet test -c Release tests/Simulation.Tests\n");
        if (Environment.GetEnvironmentVariable("QUOTER_SIMULATION_LOG") is { Length: > 0 } file)
        {
            File.WriteAllLines(file, log.Tail(int.MaxValue));
        }

        return text.AppendJoin('\n', log.Tail(LinesShown)).Append('\n').ToString();
    }

    private static string Summary(ConcurrentBag<DayOutcome> outcomes, TimeSpan elapsed)
    {
        var tally = new FaultTally();
        outcomes.ToList().ForEach(outcome => tally.Add(outcome.Tally));
        var seconds = outcomes.Select(static outcome => outcome.Nanos / 1e9).DefaultIfEmpty().Average();
        var recovery = outcomes.Select(static outcome => outcome.RecoveryNanos / 1e9).DefaultIfEmpty().Max();
        var processors = Environment.CpuUsage.TotalTime.TotalSeconds;
        var quotes = outcomes.Sum(static outcome => outcome.Quotes);
        var rows = outcomes.Sum(static outcome => outcome.Rows);
        var books = outcomes.Sum(static outcome => outcome.Books);
        var resyncs = outcomes.Sum(static outcome => outcome.Resyncs);
        var losses = outcomes.Sum(static outcome => outcome.LossesNoticed);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{outcomes.Count} days of {seconds:F1} s in {elapsed.TotalSeconds:F1} s, {processors:F1} s of a core: "
            + $"{quotes} quotes and {rows} rows judged, {books} books proven, {resyncs} resyncs, "
            + $"{losses} losses noticed at the next frame, longest recovery {recovery:F1} s; {tally}");
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
