using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>The running program's hot threads allocate nothing once they are warm.</summary>
[Category(Categories.Allocation)]
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class AllocationTests
{
    [TestCase("dedicated", "engine")]
    [TestCase("shared", "quoter")]
    public async Task ReadersAndEngineAllocateNothingPerEvent(string mode, string thread)
    {
        await using var quoter = await QuoterProcess.StartAsync("--rate", "50", "--mode", mode);
        await quoter.BooksLiveAsync(VenueRegistry.All.Count);   // one venue wants a second of quiet first
        var events = 0d;
        await Eventually.HoldsAsync(
            () => (events = Metrics(quoter)["quoter_engine_events_total"]) > 10_000,
            TimeSpan.FromSeconds(30),
            () => $"{events} events");
        Dictionary<string, double> before;
        Dictionary<string, double> after;
        var windows = 0;
        do
        {
            // A request to REST takes memory, and books of limited depth are seeded anew now and then.
            Assert.That(windows++, Is.LessThan(20), "in each window a snapshot was asked for");
            before = Metrics(quoter);
            await Eventually.HoldsAsync(
                () => (events = Metrics(quoter)["quoter_engine_events_total"])
                    > before["quoter_engine_events_total"] + 20_000,
                TimeSpan.FromSeconds(30),
                () => $"{events} events");
            after = Metrics(quoter);
        }
        while (Requests(after) != Requests(before));

        var watched = after.Keys.Where(name =>
            name.StartsWith("quoter_feed_allocated_bytes_total", StringComparison.Ordinal)
            || name == $"quoter_thread_allocated_bytes_total{{thread=\"{thread}\"}}").ToArray();
        Assert.That(watched, Has.Length.EqualTo(VenueRegistry.All.Count + 1), string.Join('\n', after.Keys));
        foreach (var name in watched)
        {
            Assert.That(after[name] - before[name], Is.Zero, name);
        }
    }

    private static double Requests(Dictionary<string, double> metrics) =>
        metrics.Where(static metric =>
                metric.Key.StartsWith("quoter_feed_snapshot_requests_total", StringComparison.Ordinal)
                || metric.Key.StartsWith("quoter_book_snapshots_total", StringComparison.Ordinal))
            .Sum(static metric => metric.Value);

    private static Dictionary<string, double> Metrics(QuoterProcess quoter) =>
        quoter.MetricsAsync().GetAwaiter().GetResult();
}
