using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Chaos;

/// <summary>
/// Eleven venues on a bad day: random faults on the wire, in REST and in the network, and every quote judged.
/// </summary>
[Category(Categories.Loopback)]
public sealed class ChaosTests
{
    [Test]
    public async Task NoQuoteIsWrongAndEveryFaultIsRecoveredFrom()
    {
        var settings = ChaosSettings.FromEnvironment();
        await using var bench = await ChaosBench.StartAsync(settings);
        var run = new ChaosRun(settings, bench);
        try
        {
            await run.RunAsync();
        }
        finally
        {
            Report(settings, bench, run);
        }

        var judge = bench.Judged.Judge;
        Assert.Multiple(() =>
        {
            Assert.That(bench.Fatal, Is.Null, "the process would have ended");
            Assert.That(judge.Wrong, Is.Zero, string.Join('\n', judge.Findings));
            Assert.That(judge.Missed, Is.Zero, "quotes nobody judged");
            Assert.That(judge.Quotes, Is.GreaterThan(100));
            Assert.That(run.Provoked.Values.Sum(), Is.GreaterThan(10));
            Assert.That(run.MemoryLast, Is.LessThan((run.MemoryFirst * 5 / 4) + 150), "memory is flat");
        });
    }

    private static void Report(ChaosSettings settings, ChaosBench bench, ChaosRun run)
    {
        var judge = bench.Judged.Judge;
        TestContext.Out.WriteLine(
            $"chaos: seed {settings.Seed}, {settings.Duration.TotalSeconds} s, {settings.Venues.Count} venues, "
            + $"{settings.Instruments.Count} instruments, {bench.Table.Definitions.Length} books; "
            + $"{run.Provoked.Values.Sum()} faults of {run.Provoked.Count} kinds; {judge.Quotes} quotes and "
            + $"{judge.Rows} rows judged, {judge.Wrong} wrong, {judge.Missed} missed; {run.Recoveries} recoveries, "
            + $"worst {run.WorstRecovery.TotalSeconds:F2} s ({run.WorstOf}); memory {run.MemoryFirst} MB after a "
            + $"fifth of the time, {run.MemoryLast} MB at the end");
        TestContext.Out.WriteLine(string.Join(
            ", ", run.Provoked.Select(static kind => $"{kind.Key} {kind.Value}")));
    }
}
