using System;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// Random traffic of several venues through the real pipeline and through the reference handler: after each message the
/// states, counters, levels and the quote are the same.
/// </summary>
public sealed class ModelTests
{
    private const int Messages = 250;

    private static readonly BookDefinition[] Venues =
    [
        Scenario.Rest with { CrossedGraceNanos = 8_000_000 },
        Scenario.Socket with { WindowLevels = 12, CrossedGraceNanos = 5_000_000 },
        Scenario.Whole with { CrossedGraceNanos = 3_000_000 },
        Scenario.Rest with { ChainRule = ChainRule.Rising, DustQuantity = 45, DustScale = 1 },
        Scenario.Socket with { WindowLevels = 25, ChecksumPolicy = ChecksumPolicy.Advisory },
        Scenario.Rest with { ChainRule = ChainRule.Consecutive },
        Scenario.Socket with { ChainRule = ChainRule.Linked, ChecksumPolicy = ChecksumPolicy.Enforce },
        Scenario.Socket with { ChainRule = ChainRule.Successive },
    ];

    [Test]
    public void RandomTrafficLeavesWhatThePlainRulesSay() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed => Run(new Random(seed))), 40);

    [Test]
    public void TheTrafficReachesEveryRule()
    {
        var venues = Enumerable.Range(1, 24).SelectMany(static seed => RunThrough(new Random(seed)).Venues).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(venues.Sum(static venue => venue.Updates), Is.GreaterThan(200));
            Assert.That(venues.Sum(static venue => venue.Snapshots), Is.GreaterThan(100));
            Assert.That(venues.Sum(static venue => venue.Gaps), Is.GreaterThan(10));
            Assert.That(venues.Sum(static venue => venue.Resyncs), Is.GreaterThan(20));
            Assert.That(venues.Sum(static venue => venue.Ignored), Is.GreaterThan(50));
            Assert.That(venues.Sum(static venue => venue.TooOld), Is.GreaterThan(5));
            Assert.That(venues.Sum(static venue => venue.Faults), Is.GreaterThan(20));
            Assert.That(venues.Sum(static venue => venue.Matched), Is.GreaterThan(20));
            Assert.That(venues.Sum(static venue => venue.Checked - venue.Matched), Is.GreaterThan(5));
            Assert.That(venues.Sum(static venue => venue.Unproven), Is.GreaterThan(5));
            Assert.That(venues.Sum(static venue => venue.SnapshotsUnproven), Is.GreaterThan(3));
        });
    }

    private static bool Run(Random random)
    {
        RunThrough(random);
        return true;
    }

    private static ReferenceHandler RunThrough(Random random)
    {
        var levels = random.Next(1, 12);
        using var scenario = new Scenario(levels, Venues);
        var reference = new ReferenceHandler(levels, Venues);
        var traffic = new RandomTraffic(random, reference.Venues);
        var last = "";
        for (var count = 0; count < Messages; count++)
        {
            var message = traffic.Next();
            scenario.Send(message);
            reference.Handle(message, scenario.Nanos);
            for (var book = 0; book < Venues.Length; book++)
            {
                AssertSame(scenario, reference.Venues[book], book, $"message {count}: {message}");
            }

            // Nothing that is as before is quoted, and what changed is quoted before the next message.
            foreach (var quote in scenario.NewQuotes())
            {
                Assert.That(quote, Is.Not.EqualTo(last), $"message {count} was quoted for nothing: {message}");
                last = quote;
            }

            if (last.Length != 0 || reference.Venues.Any(static venue => venue.State == BookState.Live))
            {
                Assert.That(last, Is.EqualTo(reference.Quote()), $"message {count}: {message}");
            }
        }

        return reference;
    }

    private static void AssertSame(Scenario scenario, ReferenceVenue expected, int book, string message)
    {
        var status = scenario.Table.Statuses[book];
        var found = (status.State, status.SnapshotsWanted, status.Gaps, status.Resyncs, status.Ignored, status.Updates,
            status.Snapshots, status.SnapshotsTooOld, status.Faults, status.ChecksumsChecked, status.ChecksumsMatched,
            status.Unproven, status.SnapshotsUnproven);
        var wanted = (expected.State, expected.Wanted, expected.Gaps, expected.Resyncs, expected.Ignored,
            expected.Updates, expected.Snapshots, expected.TooOld, expected.Faults, expected.Checked, expected.Matched,
            expected.Unproven, expected.SnapshotsUnproven);
        Assert.That(found, Is.EqualTo(wanted), $"{book}: {message}");
        if (expected.State != BookState.Live)
        {
            return;
        }

        var levels = scenario.Book(book);
        Assert.That((levels.PriceScale, levels.QuantityScale, levels.LastUpdateId),
            Is.EqualTo((expected.PriceScale, expected.QuantityScale, expected.LastUpdateId)), message);
        Assert.That((levels.Bids.Count, levels.Asks.Count), Is.EqualTo((expected.Bids.Count, expected.Asks.Count)),
            message);
        var rank = 0;
        foreach (var (price, quantity) in expected.Bids)
        {
            AssertLevel(levels.Bids[rank++], price, quantity, levels, message);
        }

        rank = 0;
        foreach (var (price, quantity) in expected.Asks)
        {
            AssertLevel(levels.Asks[rank++], price, quantity, levels, message);
        }
    }

    private static void AssertLevel(Level level, decimal price, decimal quantity, BookCopy book, string message)
    {
        if (level.Price / (decimal)Math.Pow(10, book.PriceScale) != price
            || level.Quantity / (decimal)Math.Pow(10, book.QuantityScale) != quantity)
        {
            Assert.Fail($"{level.Price} x {level.Quantity} instead of {price} x {quantity}: {message}");
        }
    }
}
