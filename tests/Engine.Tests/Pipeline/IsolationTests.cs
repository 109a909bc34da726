using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Tests.Book;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>A hundred symbols on one connection; whatever happens to one of them is nothing to the others.</summary>
public sealed class IsolationTests
{
    private const int Symbols = 100;
    private const int Broken = 37;

    [TestCase("gap")]
    [TestCase("unreadable")]
    [TestCase("silent")]
    [TestCase("refused")]
    [TestCase("crossed")]
    [TestCase("buffer overflow")]
    public void FaultOfOneSymbolIsNothingToTheOthers(string fault)
    {
        var random = Seeded.Random();
        using var scenario = new Scenario([.. Enumerable.Range(0, Symbols).Select(static index =>
            Scenario.Rest with { Symbol = $"S{index}", Instrument = index })]);
        var ids = new long[Symbols];
        var expected = Enumerable.Range(0, Symbols).Select(static _ => new ReferenceBook()).ToArray();
        for (var book = 0; book < Symbols; book++)
        {
            ids[book] = 1_000 * book;
            scenario.GoLive(ids[book], "99x1 | 101x1", book);
            expected[book].Set(Side.Bid, 99, 1);
            expected[book].Set(Side.Ask, 101, 1);
        }

        var quotes = scenario.Pipeline.Quotes.Select(static ring => ring.Cursor).ToArray();
        var wishes = scenario.Table.Statuses.Select(static status => status.SnapshotsWanted).ToArray();
        scenario.Notices();
        Update(scenario, random, ids, expected, 300);
        Break(scenario, fault, ids);
        Update(scenario, random, ids, expected, 700);

        Assert.That(scenario.Notices().Select(static notice => notice.Book), Is.Not.Empty.And.All.EqualTo(Broken));
        Assert.That(scenario.Table.Statuses[Broken].State, Is.Not.EqualTo(BookState.Live));
        for (var book = 0; book < Symbols; book++)
        {
            if (book == Broken)
            {
                continue;
            }

            var status = scenario.Table.Statuses[book];
            var copy = scenario.Book(book);
            Assert.That(status.State, Is.EqualTo(BookState.Live));
            Assert.That((status.Gaps, status.Faults, status.Resyncs, status.Ignored), Is.EqualTo((0, 0, 0, 0)));
            Assert.That(status.SnapshotsWanted, Is.EqualTo(wishes[book]));
            Assert.That(scenario.Pipeline.Quotes[book].Cursor, Is.GreaterThan(quotes[book]));
            Assert.That(Pairs(copy.Bids), Is.EqualTo(Pairs(expected[book].Levels(Side.Bid))));
            Assert.That(Pairs(copy.Asks), Is.EqualTo(Pairs(expected[book].Levels(Side.Ask))));
        }

        // the broken one comes back as soon as its snapshot is there
        scenario.Subscribe(Broken).Send(Message.Snapshot(9, "99x1 | 101x1") with { Book = Broken });
        Assert.That(scenario.Table.Statuses[Broken].State, Is.EqualTo(BookState.Live));
    }

    private static void Update(Scenario scenario, Random random, long[] ids, ReferenceBook[] expected, int count)
    {
        for (var update = 0; update < count; update++)
        {
            var book = update % Symbols;
            if (book == Broken)
            {
                continue;
            }

            var id = ++ids[book];
            var (bid, quantity) = (90 + random.Next(10), random.Next(4));
            scenario.Send(Message.Update(id, id, $"{bid}x{quantity}") with { Book = book });
            expected[book].Set(Side.Bid, bid, quantity);
        }
    }

    private static void Break(Scenario scenario, string fault, long[] ids)
    {
        var next = ids[Broken] + 1;
        switch (fault)
        {
            case "gap":
                scenario.Send(Message.Update(next + 5, next + 5, "98x1") with { Book = Broken });
                break;
            case "unreadable":
                Send(EventKind.Fault, FaultCode.MalformedNumber);
                break;
            case "silent":
                Send(EventKind.Fault, FaultCode.Silent);
                break;
            case "refused":
                Send(EventKind.Disconnected, FaultCode.Refused);
                break;
            case "crossed":
                scenario.Send(Message.Update(next, next, "105x1") with { Book = Broken }).Wait(600);
                break;
            default:
                scenario.Send(Message.Update(next + 5, next + 5, "98x1") with { Book = Broken });
                for (var update = 0; update <= PendingUpdates.MaxEvents; update++)
                {
                    scenario.Send(Message.Update(next + 6 + update, next + 6 + update, "98x1") with { Book = Broken });
                }

                break;
        }

        void Send(EventKind kind, FaultCode code) =>
            scenario.Send(new Message(kind) { Book = Broken, Fault = code });
    }

    private static IEnumerable<(long, long)> Pairs(IEnumerable<Level> levels) =>
        levels.Select(static level => (level.Price, level.Quantity));
}
