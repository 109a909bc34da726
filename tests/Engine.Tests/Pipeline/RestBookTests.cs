using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Books whose snapshot comes from REST while contiguous updates flow, as on Binance.</summary>
public sealed class RestBookTests
{
    private Scenario _scenario = null!;

    private BookStatus Status => _scenario.Status;

    [SetUp]
    public void MakeScenario() => _scenario = new Scenario(Scenario.Rest);

    [TearDown]
    public void EndScenario() => _scenario.Dispose();

    [Test]
    public void BufferedUpdatesAreAppliedToTheSnapshotTheyStraddle()
    {
        _scenario.Subscribe()
            .Send(Message.Update(90, 95, "97x9"))
            .Send(Message.Update(96, 104, "98x2"))
            .Send(Message.Update(105, 107, "| 103x7"))
            .Send(Message.Snapshot(100, "99x1 | 101x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x2@0 | 101x1@0 103x7@0"));
        Assert.That((Status.Updates, Status.Ignored, Status.Snapshots), Is.EqualTo((2L, 1L, 1L)));
        Assert.That(_scenario.QuoteCount, Is.EqualTo(1), "the book is quoted once it is whole");
        Assert.That(_scenario.Book().LastUpdateId, Is.EqualTo(107));
        Assert.That(Status.Resyncs, Is.Zero, "the first synchronization is none");
    }

    [Test]
    public void SnapshotOlderThanTheBufferKeepsItAndAsksAgain()
    {
        _scenario.Subscribe()
            .Send(Message.Update(105, 107, "98x2"))
            .Send(Message.Snapshot(100, "99x1 | 101x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Buffering));
        Assert.That((Status.SnapshotsTooOld, Status.SnapshotsWanted, Status.Gaps), Is.EqualTo((1L, 2L, 0L)));
        Assert.That(_scenario.QuoteCount, Is.Zero);

        _scenario.Send(Message.Update(108, 108, "97x3")).Send(Message.Snapshot(104, "99x1 | 101x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x2@0 97x3@0 | 101x1@0"));
    }

    [Test]
    public void CrossOfASnapshotThatWasTooOldIsForgotten()
    {
        _scenario.Subscribe()
            .Send(Message.Update(105, 105, "98x2"))
            .Send(Message.Snapshot(100, "102x1 | 101x1"))
            .Send(Message.Snapshot(104, "102x1 | 101x1"), afterMillis: 2_000);

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live), "the grace begins with the snapshot that was used");

        _scenario.Wait(501);

        Assert.That(_scenario.State, Is.EqualTo(BookState.Suspect));
    }

    [Test]
    public void GapLeavesTheQuoteInTheSameEventAndIsCountedAsResyncWhenHealed()
    {
        _scenario.GoLive(100, "99x1 | 101x1").Notices();
        _scenario.Send(Message.Update(103, 104, "98x2"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That(_scenario.Quote(), Is.EqualTo("|"));
        Assert.That((Status.Gaps, Status.Resyncs, Status.Faults, Status.SnapshotsWanted), Is.EqualTo((1L, 0L, 0L, 2L)));
        var notice = _scenario.Notices().Single();
        Assert.That((notice.Fault, notice.Expected, notice.Received), Is.EqualTo((FaultCode.Gap, 101L, 103L)));

        _scenario.Send(Message.Snapshot(102, "99x5 | 101x5"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("99x5@0 98x2@0 | 101x5@0"), "the update behind the gap was kept");
        Assert.That((Status.Gaps, Status.Resyncs), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void GapAmongTheBufferedUpdatesIsAGap()
    {
        _scenario.Subscribe()
            .Send(Message.Update(101, 102, "98x1"))
            .Send(Message.Update(110, 111, "97x1"))
            .Send(Message.Snapshot(100, "99x1 | 101x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That((Status.Gaps, Status.SnapshotsTooOld), Is.EqualTo((1L, 0L)));

        _scenario.Send(Message.Snapshot(109, "99x1 | 101x1"));

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 97x1@0 | 101x1@0"));
        Assert.That(Status.Resyncs, Is.EqualTo(1));
    }

    [Test]
    public void SnapshotOutOfACacheNeverTakesTheBookBack()
    {
        _scenario.GoLive(100, "99x1 | 101x1")
            .Send(Message.Update(101, 105, "98x2"))
            .Send(new Message(EventKind.Fault) { Fault = FaultCode.MalformedMessage })
            .Send(Message.Snapshot(104, "99x1 | 101x1") with { Wish = 2 });

        Assert.That(_scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That((Status.SnapshotsTooOld, Status.SnapshotsWanted), Is.EqualTo((1L, 3L)));
        Assert.That(_scenario.Quote(), Is.EqualTo("|"));

        _scenario.Send(Message.Update(106, 106, "98x0"))
            .Send(Message.Snapshot(105, "99x7 98x2 | 101x1") with { Wish = 3 });

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("99x7@0 | 101x1@0"));
    }

    [Test]
    public void IdsMayBeginAnewWithAConnection()
    {
        _scenario.GoLive(100, "99x1 | 101x1")
            .Send(new Message(EventKind.Fault) { Fault = FaultCode.MalformedMessage })
            .Send(new Message(EventKind.Connecting))
            .Send(new Message(EventKind.Subscribed))
            .Send(Message.Update(6, 7, "99x7"))
            .Send(Message.Snapshot(7, "99x7 | 101x1") with { Wish = Status.SnapshotsWanted });

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
    }

    [Test]
    public void TimesDoNotBeginAnewWithAConnection()
    {
        using var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Rising });
        scenario.GoLive(100, "99x1 | 101x1")
            .Send(new Message(EventKind.Disconnected))
            .Send(new Message(EventKind.Connecting))
            .Send(new Message(EventKind.Subscribed));
        scenario.Send(Message.Snapshot(99, "99x7 | 101x1") with { Wish = scenario.Status.SnapshotsWanted });

        Assert.That((scenario.State, scenario.Status.SnapshotsTooOld), Is.EqualTo((BookState.Buffering, 1L)));
    }

    [Test]
    public void SnapshotOlderThanTheFirstUpdateKeptIsRefusedWhereIdsAreTimes()
    {
        using var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Rising });
        scenario.Subscribe()
            .Send(Message.Update(105, 105, "98x2"))
            .Send(Message.Snapshot(104, "99x1 | 101x1") with { Wish = 1 });

        Assert.That(scenario.State, Is.EqualTo(BookState.Buffering));
        Assert.That((scenario.Status.SnapshotsTooOld, scenario.Status.SnapshotsWanted), Is.EqualTo((1L, 2L)));

        scenario.Send(Message.Snapshot(105, "99x3 | 101x1") with { Wish = 2 }).Send(Message.Update(106, 106, "97x1"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(scenario.Quote(), Is.EqualTo("99x3@0 97x1@0 | 101x1@0"));
    }

    [Test]
    public void WrongIdOfAnUpdateDoesNotKeepTheBookOutForEver()
    {
        using var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Rising });
        scenario.GoLive(100, "99x1 | 101x1")
            .Send(Message.Update(long.MaxValue, long.MaxValue, "98x2"))
            .Send(new Message(EventKind.Fault) { Fault = FaultCode.MalformedMessage });
        for (var refusal = 1; refusal <= 8; refusal++)
        {
            scenario.Send(Message.Snapshot(110, "99x5 | 101x1") with { Wish = scenario.Status.SnapshotsWanted });
            Assert.That((scenario.State, scenario.Status.SnapshotsTooOld), Is.EqualTo((BookState.Gapped, refusal)));
        }

        scenario.Send(Message.Update(111, 111, "99x6"))
            .Send(Message.Snapshot(111, "99x6 | 101x1") with { Wish = scenario.Status.SnapshotsWanted })
            .Send(Message.Update(112, 112, "97x1"));

        Assert.That(scenario.Quote(), Is.EqualTo("99x6@0 97x1@0 | 101x1@0"));
    }

    [Test]
    public void RecordedSnapshotIsTakenAsItIs()
    {
        using var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Rising });
        scenario.Subscribe()
            .Send(Message.Update(105, 105, "98x2"))
            .Send(Message.Snapshot(104, "99x1 | 101x1"));

        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 98x2@0 | 101x1@0"));
    }

    [Test]
    public void RepeatedUpdateIsIgnored()
    {
        _scenario.GoLive(100, "99x1 | 101x1")
            .Send(Message.Update(101, 102, "98x2"))
            .Send(Message.Update(101, 102, "98x7"));

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x2@0 | 101x1@0"));
        Assert.That((Status.Ignored, Status.Updates), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void SnapshotThatNobodyWaitsForIsIgnored()
    {
        _scenario.GoLive(100, "99x1 | 101x1").Send(Message.Snapshot(90, "50x1 | 60x1"));

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 | 101x1@0"));
        Assert.That((Status.Ignored, Status.Snapshots), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void ReconnectionForgetsWhatWasBuffered()
    {
        _scenario.Subscribe().Send(Message.Update(101, 102, "98x2")).Subscribe().Send(Message.Snapshot(100, "99x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 |"));
    }

    [Test]
    public void MessageOfSeveralSlotsIsBufferedAndAppliedWhole()
    {
        var levels = Enumerable.Range(1, 200).Select(static price => (Side.Bid, (long)price, (long)price)).ToArray();
        _scenario.Subscribe()
            .Send(Message.Update(101, 102, "") with { Levels = levels })
            .Send(Message.Snapshot(100, "500x1"));

        Assert.That(_scenario.Book().Bids.Count, Is.EqualTo(201));
        Assert.That((Status.Updates, Status.Ignored), Is.EqualTo((1L, 0L)));

        _scenario.Send(Message.Update(101, 102, "") with { Levels = levels });

        Assert.That((Status.Updates, Status.Ignored), Is.EqualTo((1L, 1L)), "counted by messages, not by slots");
    }

    [Test]
    public void GapInAMessageOfSeveralSlotsKeepsAllOfIt()
    {
        var levels = Enumerable.Range(1, 200).Select(static price => (Side.Bid, (long)price, (long)price)).ToArray();
        _scenario.GoLive(100, "500x1")
            .Send(Message.Update(110, 112, "") with { Levels = levels })
            .Send(Message.Snapshot(109, "500x2"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Book().Bids.Count, Is.EqualTo(201));
    }

    [Test]
    public void FullBufferStartsOverWithoutHalfAMessage()
    {
        _scenario.Subscribe();
        for (var id = 1L; id < PendingUpdates.MaxEvents; id++)
        {
            _scenario.Send(Message.Update(id, id, "1x1"));
        }

        // One slot is left, and the message takes two: its first part fits, its second does not.
        var levels = Enumerable.Range(1, 100).Select(static price => (Side.Bid, 1_000L + price, 1L)).ToArray();
        _scenario.Notices();
        _scenario.Send(Message.Update(PendingUpdates.MaxEvents, PendingUpdates.MaxEvents, "") with { Levels = levels });
        Assert.That(_scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That(_scenario.Notices().Single().Fault, Is.EqualTo(FaultCode.BufferOverflow));
        Assert.That(Status.Faults, Is.EqualTo(1));

        _scenario.Send(Message.Snapshot(PendingUpdates.MaxEvents, "99x1 | 101x1"));

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 | 101x1@0"));
    }

    [Test]
    public void TailOfAMessageThatMetAFullBufferIsNotAMessage()
    {
        _scenario.Subscribe();
        for (var id = 1L; id <= PendingUpdates.MaxEvents; id++)
        {
            _scenario.Send(Message.Update(id, id, "1x1"));
        }

        var levels = Enumerable.Range(1, 150).Select(static price => (Side.Bid, 1_000L + price, 1L)).ToArray();
        _scenario.Send(Message.Update(20_000, 20_000, "") with { Levels = levels })
            .Send(Message.Snapshot(30_000, "99x1 | 101x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 | 101x1@0"), "the snapshot is newer than the whole message");
        Assert.That(_scenario.Book().LastUpdateId, Is.EqualTo(30_000));
    }

    [Test]
    public void UpdateThatCannotBeRescaledMeetsTheNextSnapshotUnchanged()
    {
        _scenario.Subscribe()
            .Send(Message.Update(101, 101, "7x1 1000000000000000000x1"))
            .Send(Message.Snapshot(100, "100x1") with { PriceScale = 2 });
        Assert.That(_scenario.State, Is.EqualTo(BookState.Gapped));

        _scenario.Send(Message.Snapshot(100, "8x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("1000000000000000000x1@0 8x1@0 7x1@0 |"));
    }

    [Test]
    public void CrossCheckComparesTheTopAtTheSameUpdateId()
    {
        _scenario.GoLive(100, "99x1 | 101x1")
            .Send(Message.Top(100, "99x7 | 101x1"))
            .Send(Message.Top(101, "99x2 | 101x1"))
            .Send(Message.Top(103, "99x3 | 101x1"))
            .Send(Message.Update(101, 101, "99x2"))
            .Send(Message.Update(102, 103, "99x4"))
            .Send(Message.Top(103, "99x4 | 101x1"))
            .Send(Message.Top(102, "99x9 | 101x1"));

        Assert.That(
            (Status.CrossChecks, Status.CrossChecksEqual),
            Is.EqualTo((3L, 2L)),
            "what updates made of the book, not the snapshot, nor an id that it never had");
    }

    [Test]
    public void StatementThatComesLateIsComparedWithTheTopOfThen()
    {
        _scenario.GoLive(100, "99x1 | 101x1").Send(Message.Top(100, "99x1 | 101x1"));
        for (var id = 101; id <= 170; id++)
        {
            _scenario.Send(Message.Update(id, id, $"99x{id}"));
        }

        _scenario.Send(Message.Top(150, "99x150 | 101x1"))
            .Send(Message.Top(165, "99x166 | 101x1"))
            .Send(Message.Top(106, "99x106 | 101x1"));

        Assert.That((Status.CrossChecks, Status.CrossChecksEqual), Is.EqualTo((2L, 1L)), "64 are remembered");
    }

    [Test]
    public void SnapshotOfTheVenuesOwnAccordReplacesALiveBook()
    {
        _scenario.GoLive(100, "99x1 98x1 | 101x1")
            .Send(Message.Update(101, 101, "97x1"))
            .Send(Message.Snapshot(90, "1x1 | 2x1"))
            .Send(Message.Snapshot(105, "96x2 | 102x3") with { Flags = EventFlags.Pushed })
            .Send(Message.Update(104, 106, "95x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("96x2@0 95x1@0 | 102x3@0"));
        Assert.That((Status.Snapshots, Status.Ignored, Status.Gaps), Is.EqualTo((2L, 1L, 0L)));
    }

    [Test]
    public void ConsecutiveUpdateThatComesAgainIsAGapAndTheNextSnapshotHealsIt()
    {
        using var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Consecutive });
        scenario.GoLive(100, "99x1 | 101x1")
            .Send(Message.Update(98, 100, "99x9"))
            .Send(Message.Update(99, 102, "99x2"))
            .Send(Message.Update(103, 104, "99x3"))
            .Send(Message.Update(103, 104, "99x3"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That((scenario.Status.Gaps, scenario.Status.Ignored), Is.EqualTo((1L, 1L)));

        scenario.Send(Message.Update(105, 105, "99x4")).Send(Message.Snapshot(104, "99x3 | 101x1"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(scenario.Quote(), Is.EqualTo("99x4@0 | 101x1@0"));
    }
}
