using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>The program with fewer readers than venues, a policy for full rings, and a journal.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class SharedReaderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"quoter-journal-{Guid.NewGuid():N}");

    [TearDown]
    public void RemoveJournal() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task OneReaderServesAllVenuesAndTheJournalHasEveryEvent()
    {
        var events = 0d;
        await using (var quoter = await QuoterProcess.StartAsync(
            "--venues", "binance,bitstamp,kraken", "--readers", "1", "--lane-full", "drop",
            "--journal", _folder, "--rate", "20"))
        {
            await Eventually.HoldsAsync(
                () => (events = Metric(quoter, "quoter_journal_events_total")) > 2_000,
                Limit,
                () => $"{events} events");
            var threads = Threads(quoter);
            foreach (var venue in new[] { "binance", "bitstamp", "kraken" })
            {
                Assert.That(Metric(quoter, $"quoter_feed_connected{{venue=\"{venue}\"}}"), Is.EqualTo(1));
                Assert.That(Metric(quoter, $"quoter_ring_full_waits_total{{venue=\"{venue}\"}}"), Is.Zero);
                Assert.That(
                    Metric(quoter, $"quoter_ring_full_dropped_total{{venue=\"{venue}\"}}"), Is.GreaterThanOrEqualTo(0));
            }

            Assert.That(Metric(quoter, "quoter_journal_lost_total"), Is.Zero);
            Assert.That(
                threads.Where(static name => name.StartsWith("feed-", StringComparison.Ordinal)),
                Is.EqualTo(new[] { "feed-binance+2" }));
            Assert.That(threads, Does.Contain("journal"));
            quoter.Program.Signal("TERM");
            Assert.That(await quoter.Program.ExitAsync(Limit), Is.Zero, quoter.Program.Errors);
        }

        using var journal = new JournalReader(Directory.GetFiles(_folder).Single());
        var lanes = new long[3];
        while (journal.TryRead())
        {
            lanes[journal.Lane] += journal.Kind == JournalRecordKind.Event ? 1 : 0;
        }

        Assert.That(journal.IsTruncated, Is.False);
        Assert.That(
            journal.Books.Select(static book => book.Venue), Is.EqualTo(new[] { "binance", "bitstamp", "kraken" }));
        Assert.That(lanes.Sum(), Is.GreaterThanOrEqualTo(events));
        Assert.That(lanes, Has.All.GreaterThan(10));
    }

    private static double Metric(QuoterProcess quoter, string name) =>
        quoter.MetricsAsync().GetAwaiter().GetResult().GetValueOrDefault(name, -1);

    private static string[] Threads(QuoterProcess quoter) =>
        [.. Directory.GetDirectories($"/proc/{quoter.Program.Id}/task")
            .Select(static task => File.ReadAllText(Path.Combine(task, "comm")).Trim())];
}
