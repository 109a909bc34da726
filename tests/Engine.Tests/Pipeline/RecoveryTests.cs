using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// A broken book is out of the quote in the event that shows it, and back, whole, in the event that brings the end of
/// its new snapshot: nothing is quoted between, and other venues notice nothing.
/// </summary>
public sealed class RecoveryTests
{
    private const int Other = 1;

    [TestCase(FaultCode.None, BookState.Gapped, TestName = "{m}(an update is missing)")]
    [TestCase(FaultCode.MalformedMessage, BookState.Gapped)]
    [TestCase(FaultCode.RingFull, BookState.Gapped)]
    [TestCase(FaultCode.Gap, BookState.Gapped)]
    [TestCase(FaultCode.Silent, BookState.Stale)]
    public void BookLeavesAndComesBackInOneEventEach(FaultCode fault, BookState state)
    {
        using var scenario = new Scenario(Scenario.Rest, Scenario.Whole);
        scenario.GoLive(100, "99x1 98x1 | 101x1", 0).GoLive(1, "97x1 | 102x1", Other).NewQuotes();

        scenario.Send(fault == FaultCode.None
            ? Message.Update(110, 111, "98x9")
            : new Message(EventKind.Fault) { Fault = fault });

        Assert.That(scenario.Table.Statuses[0].State, Is.EqualTo(state));
        Assert.That(scenario.NewQuotes(), Is.EqualTo(new[] { $"97x1@1 | 102x1@1 / 0 0 / {state} Live" }));

        for (var id = 112; id < 130; id++)
        {
            scenario.Send(Message.Update(id, id, $"{id - 40}x1"));
        }

        Assert.That(scenario.NewQuotes(), Is.Empty, "what comes meanwhile is kept");

        // of several slots: the book is changed by the first of them, and quoted behind the last
        var levels = Enumerable.Range(1, 150).Select(static price => (Side.Bid, (long)price, 5L))
            .Append((Side.Ask, 150, 1L)).ToArray();
        var sent = scenario.Nanos;
        scenario.Send(Message.Snapshot(120, "") with { Levels = levels });

        var quotes = scenario.NewQuotes();
        Assert.That(quotes, Has.Count.EqualTo(1), "one switch");
        Assert.That(quotes[0], Does.StartWith("150x5@0 149x5@0").And.EndWith("/ Live Live"));
        Assert.That(scenario.Book().LastUpdateId, Is.EqualTo(129));
        Assert.That(scenario.Book().Bids.Single(static level => level.Price == 89).Quantity, Is.EqualTo(1));
        Assert.That(scenario.Nanos - sent, Is.LessThan(1_000_000_000), "in the event that brings the snapshot");
        Assert.That(scenario.Table.Statuses[Other].StateSinceNanos, Is.LessThan(sent), "the other never changed");
    }

    [Test]
    public void SnapshotInMidStreamTakesTheBooksPlaceInOneEvent()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(100, "99x1 98x1 97x1 | 101x1").NewQuotes();

        var levels = Enumerable.Range(1, 150).Select(static price => (Side.Bid, (long)price, 5L)).ToArray();
        scenario.Send(Message.Snapshot(7, "") with { Levels = levels });

        Assert.That(scenario.NewQuotes(), Has.Count.EqualTo(1), "never a part of it, nor a mixture");
        Assert.That(scenario.Book().Bids, Has.Count.EqualTo(150));
        Assert.That(scenario.Book().Asks, Is.Empty);
        Assert.That((scenario.Status.Resyncs, scenario.State), Is.EqualTo((0L, BookState.Live)));
    }

    [Test]
    public void HoleAmongTheBufferedUpdatesIsAGapThoughTheSnapshotEndsWhereItBegins()
    {
        using var scenario = new Scenario(Scenario.Rest);
        scenario.Subscribe()
            .Send(Message.Update(99, 100, "98x1"))
            .Send(Message.Update(105, 106, "97x1"))
            .Send(Message.Snapshot(100, "99x1 98x1 | 101x1"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That((scenario.Status.Gaps, scenario.Status.SnapshotsTooOld), Is.EqualTo((1L, 0L)));
        Assert.That(scenario.Status.SnapshotsWanted, Is.EqualTo(2));

        scenario.Send(Message.Snapshot(104, "99x2 | 101x1"));

        Assert.That(scenario.Quote(), Is.EqualTo("99x2@0 97x1@0 | 101x1@0"), "what is behind the hole was kept");
        Assert.That(scenario.Status.Resyncs, Is.EqualTo(1));
    }

    [Test]
    public void BookThatIsCrossedInEveryMessageStaysInDoubt()
    {
        using var scenario = new Scenario(Scenario.Whole, Scenario.Rest);
        scenario.GoLive(1, "102x1 | 101x1").GoLive(100, "99x1 | 103x1", Other).Wait(501).NewQuotes();
        Assert.That(scenario.State, Is.EqualTo(BookState.Suspect));

        for (var id = 2; id < 20; id++)
        {
            scenario.Send(Message.Snapshot(id, "102x1 | 101x1"), afterMillis: 100);
            Assert.That(scenario.State, Is.EqualTo(BookState.Suspect));
        }

        Assert.That(scenario.NewQuotes(), Is.Empty);
        Assert.That(scenario.Status.SnapshotsWanted, Is.EqualTo(1), "the next one comes by itself");

        scenario.Send(Message.Snapshot(20, "100x1 | 101x1"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(scenario.Quote(), Is.EqualTo("100x1@0 99x1@1 | 101x1@0 103x1@1"));
        Assert.That(scenario.Status.Resyncs, Is.EqualTo(1));
    }

    [TestCase(SnapshotSource.Rest)]
    [TestCase(SnapshotSource.Socket)]
    public void CrossedSnapshotOfADoubtedBookIsAskedForAgain(SnapshotSource source)
    {
        using var scenario = new Scenario(Scenario.Rest with { SnapshotSource = source });
        scenario.GoLive(100, "102x1 | 101x1").Wait(501);
        var wanted = scenario.Status.SnapshotsWanted;

        scenario.Send(Message.Snapshot(100, "102x1 | 101x1")).Wait(501);

        Assert.That((scenario.State, scenario.Quote()), Is.EqualTo((BookState.Suspect, "|")));
        Assert.That(scenario.Status.SnapshotsWanted, Is.EqualTo(wanted + 1));

        scenario.Send(Message.Snapshot(101, "100x1 | 101x1"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
    }

    [Test]
    public void WhereIdsOnlyRiseASnapshotBeforeTheOverflowOfTheBufferIsTooOld()
    {
        using var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Rising });
        scenario.Subscribe();
        for (var id = 1L; id <= PendingUpdates.MaxEvents + 1; id++)
        {
            scenario.Send(Message.Update(id, id, "1x1"));
        }

        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));

        scenario.Send(Message.Snapshot(PendingUpdates.MaxEvents, "99x1 | 101x1") with { Wish = 2 });

        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped), "nothing else would show that an update is missing");
        Assert.That((scenario.Status.SnapshotsTooOld, scenario.Status.SnapshotsWanted), Is.EqualTo((1L, 3L)));

        scenario.Send(Message.Update(PendingUpdates.MaxEvents + 2, PendingUpdates.MaxEvents + 2, "1x1"))
            .Send(Message.Snapshot(PendingUpdates.MaxEvents + 2, "99x1 | 101x1") with { Wish = 3 });

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
    }

    [Test]
    public void WhereIdsOnlyRiseASnapshotOlderThanTheBrokenBookIsTooOld()
    {
        using var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Rising });
        scenario.GoLive(100, "99x1 | 101x1")
            .Send(Message.Update(0, 150, "98x1"))
            .Send(new Message(EventKind.Fault) { Fault = FaultCode.RingFull })
            .Send(Message.Update(0, 160, "97x1"))
            .Send(Message.Snapshot(149, "99x1 | 101x1") with { Wish = 2 });

        Assert.That((scenario.State, scenario.Status.SnapshotsTooOld), Is.EqualTo((BookState.Gapped, 1L)));

        scenario.Send(Message.Snapshot(160, "99x1 98x1 97x1 | 101x1") with { Wish = 3 });

        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 98x1@0 97x1@0 | 101x1@0"));
    }
}
