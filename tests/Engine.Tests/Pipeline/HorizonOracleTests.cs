using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// Books seeded with a part of the truth, in markets that leave it: late, early and stale snapshots, lost updates.
/// After each message the quote has no level that the truth has not, and leaves none out before its last row of a
/// venue.
/// </summary>
public sealed class HorizonOracleTests
{
    private const int Messages = 200;
    private const int SeedLevels = 16;
    private const int FirstBook = 0;

    private static readonly BookDefinition[] Books =
    [
        Scenario.Rest with { SnapshotLevels = SeedLevels },
        Scenario.Rest with { SnapshotLevels = 30, ReseedLevels = 24, ChainRule = ChainRule.Consecutive },
        Scenario.Rest,
        Scenario.Rest with { SnapshotLevels = SeedLevels, ChainRule = ChainRule.Rising },
    ];

    [Test]
    public void QuoteNeitherInventsNorSkipsALevel() => Seeded.Check(
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            static seed =>
            {
                Run(new Random(seed), BookStructure.Ladder, BookStructure.Reference);
                return true;
            }),
        8);

    [Test]
    public void MarketsLeaveTheSeedAndBooksAreSeededAnewWithoutGoingDark()
    {
        var days = Enumerable.Range(1, 6).Select(static seed => Run(new Random(seed), BookStructure.Ladder)).ToArray();
        long Sum(int book, Func<BookStatus, long> count) => days.Sum(statuses => count(statuses[book]));
        long All(Func<BookStatus, long> count) => days.Sum(statuses => statuses.Sum(count));

        Assert.Multiple(() =>
        {
            Assert.That(Sum(FirstBook, static status => status.Reseeds), Is.GreaterThan(3));
            Assert.That(Sum(1, static status => status.Reseeds), Is.GreaterThan(3));
            Assert.That(Sum(2, static status => status.ReseedsWanted), Is.Zero, "it is known in full");
            Assert.That(Sum(3, static status => status.Reseeds), Is.GreaterThan(3));
            Assert.That(All(static status => status.SnapshotsTooOld), Is.GreaterThan(3));
            Assert.That(All(static status => status.Gaps), Is.GreaterThan(3));
            Assert.That(All(static status => status.HorizonsReached), Is.GreaterThan(0), "no answer for long");
        });
    }

    private static BookStatus[] Run(Random random, params BookStructure[] structures)
    {
        var levels = random.Next(1, 24);
        var scenarios = structures.Select(structure => new Scenario(structure, levels, Books)).ToArray();
        var venues = Enumerable.Range(0, Books.Length).Select(book => new HorizonVenue(random, book)).ToArray();
        var served = new long[Books.Length];
        var answers = new List<(int Due, Message Snapshot)>();
        try
        {
            foreach (var scenario in scenarios)
            {
                for (var book = 0; book < Books.Length; book++)
                {
                    scenario.Subscribe(book);
                }
            }

            var reseeding = new bool[Books.Length];
            for (var count = 0; count < Messages * Books.Length; count++)
            {
                var statuses = scenarios[0].Table.Statuses;
                for (var book = 0; book < Books.Length; book++)
                {
                    if (statuses[book].SnapshotsWanted != served[book])
                    {
                        served[book] = statuses[book].SnapshotsWanted;
                        answers.Add(Answer(random, venues[book], book, served[book], count));
                    }
                }

                foreach (var (due, snapshot) in answers.ToArray())
                {
                    if (due <= count)
                    {
                        answers.Remove((due, snapshot));
                        Send(scenarios, snapshot, reseeding);
                        Check(scenarios, venues, snapshot.Book, levels);
                    }
                }

                var number = random.Next(Books.Length);
                var update = venues[number].Update();
                var isLost = random.Next(150) == 0 && Books[number].ChainRule != ChainRule.Rising;
                if (!isLost)
                {
                    Send(scenarios, update, reseeding);
                    Check(scenarios, venues, number, levels);
                }
            }

            return scenarios[0].Table.Statuses;
        }
        finally
        {
            foreach (var scenario in scenarios)
            {
                scenario.Dispose();
            }
        }
    }

    /// <summary>
    /// An answer comes after a while, may be from before it was asked for, and now and then takes long.
    /// </summary>
    private static (int Due, Message Snapshot) Answer(Random random, HorizonVenue venue, int book, long wish, int now)
    {
        var isStale = random.Next(4) == 0 && Books[book].ChainRule != ChainRule.Rising;
        var id = isStale ? Math.Max(1_000, venue.UpdateId - random.Next(12)) : venue.UpdateId;
        var levels = Books[book].SnapshotLevels == 0 ? int.MaxValue : Books[book].SnapshotLevels;
        var delay = random.Next(random.Next(6) == 0 ? 400 : 30);
        return (now + delay, venue.Snapshot(id, levels, wish));
    }

    private static void Send(Scenario[] scenarios, Message message, bool[] reseeding)
    {
        var before = scenarios[0].Table.Statuses[message.Book];
        var (state, reseeds) = (before.State, before.Reseeds);
        reseeding[message.Book] = before.IsReseeding;
        foreach (var scenario in scenarios)
        {
            scenario.Send(message);
        }

        var after = scenarios[0].Table.Statuses[message.Book];
        if (message.Kind == EventKind.Snapshot && state == BookState.Live)
        {
            Assert.That(after.State, Is.EqualTo(BookState.Live), "a book that is seeded anew does not go dark");
            Assert.That(after.Reseeds - reseeds, Is.LessThanOrEqualTo(reseeding[message.Book] ? 1 : 0));
        }
    }

    private static void Check(Scenario[] scenarios, HorizonVenue[] venues, int book, int levels)
    {
        foreach (var scenario in scenarios)
        {
            if (scenario.Table.Statuses[book].State == BookState.Live)
            {
                var copy = scenario.Book(book);
                var (bids, asks) = venues[book].At(copy.LastUpdateId);
                CheckSide(copy.Bids, copy.KnownBids, bids, Books[book].SnapshotLevels == 0);
                CheckSide(copy.Asks, copy.KnownAsks, asks, Books[book].SnapshotLevels == 0);
            }

            if (scenario.QuoteCount != 0)
            {
                Assert.That(scenario.Quote(), Is.EqualTo(Expected(scenario, venues, levels)));
            }

            Assert.That(scenario.QuoteCount, Is.EqualTo(scenarios[0].QuoteCount));
        }
    }

    /// <summary>
    /// What is before the horizon is the truth's beginning, without a hole; what is beyond is true as far as it goes.
    /// </summary>
    private static void CheckSide(IReadOnlyList<Level> levels, int known, Level[] truth, bool isComplete)
    {
        var next = 0;
        for (var rank = 0; rank < levels.Count; rank++)
        {
            while (rank >= known && next < truth.Length && !Same(truth[next], levels[rank]))
            {
                next++;
            }

            if (next == truth.Length || !Same(truth[next++], levels[rank]))
            {
                Assert.Fail($"level {rank} of {levels.Count}, {known} of them known, is at {levels[rank].Price}");
            }
        }

        Assert.That(isComplete && levels.Count != truth.Length, Is.False, "a level is missing");
    }

    private static bool Same(Level left, Level right) => left.Price == right.Price && left.Quantity == right.Quantity;

    /// <summary>The best of what the venues' truths have before the horizons.</summary>
    private static string Expected(Scenario scenario, HorizonVenue[] venues, int levels) =>
        $"{Rows(scenario, venues, levels, Side.Bid)}| {Rows(scenario, venues, levels, Side.Ask)}".Trim();

    private static string Rows(Scenario scenario, HorizonVenue[] venues, int levels, Side side)
    {
        var rows = new List<(long Price, long Quantity, int Book)>();
        for (var book = 0; book < venues.Length; book++)
        {
            var status = scenario.Table.Statuses[book];
            if (status.State == BookState.Live)
            {
                var (bids, asks) = venues[book].At(status.LastUpdateId);
                var horizon = side == Side.Bid ? status.BidHorizon : status.AskHorizon;
                rows.AddRange((side == Side.Bid ? bids : asks)
                    .Where(level => horizon == 0
                        || (side == Side.Bid ? level.Price >= horizon : level.Price <= horizon))
                    .Take(levels)
                    .Select(level => (level.Price, level.Quantity, book)));
            }
        }

        return string.Concat(rows
            .OrderBy(row => side == Side.Bid ? -row.Price : row.Price)
            .ThenByDescending(static row => row.Quantity)
            .ThenBy(static row => row.Book)
            .Take(levels)
            .Select(static row => $"{row.Price}x{row.Quantity}@{row.Book} "));
    }
}
