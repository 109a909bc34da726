using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Books whose snapshots are cut off after four levels a side, and seeded anew below three.</summary>
public sealed class HorizonTests
{
    private const string Seed = "99x1 98x1 97x1 96x1 | 101x1 102x1 103x1 104x1";

    private static readonly BookDefinition Limited = Scenario.Rest with { SnapshotLevels = 4, ReseedLevels = 3 };

    private Scenario _scenario = null!;

    private BookStatus Status => _scenario.Status;

    [SetUp]
    public void MakeScenario() => _scenario = new Scenario(Limited);

    [TearDown]
    public void EndScenario() => _scenario.Dispose();

    [Test]
    public void SideWithAsManyLevelsAsWereAskedForEndsAtItsLastOne()
    {
        _scenario.GoLive(100, "99x1 98x1 97x1 96x1 | 101x1 102x1");

        Assert.That((Status.BidHorizon, Status.AskHorizon), Is.EqualTo((96L, 0L)), "the asks are all there are");
        Assert.That((Status.KnownBids, Status.KnownAsks), Is.EqualTo((4L, 2L)));
    }

    [Test]
    public void LevelBeyondTheHorizonIsKeptAndNotQuoted()
    {
        _scenario.GoLive(100, Seed).Send(Message.Update(101, 101, "94x5 95x7 | 105x3"));

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x1@0 97x1@0 96x1@0 | 101x1@0 102x1@0 103x1@0 104x1@0"));
        Assert.That(_scenario.QuoteCount, Is.EqualTo(1), "nothing that can be seen has changed");
        Assert.That((Status.BidLevels, Status.KnownBids), Is.EqualTo((6L, 4L)));
        var book = _scenario.Book();
        Assert.That(book.Bids.Select(static level => level.Price), Is.EqualTo(new[] { 99, 98, 97, 96, 95, 94 }));
        Assert.That((book.KnownBids, book.Asks.Count, book.KnownAsks), Is.EqualTo((4, 5, 4)));

        _scenario.Send(Message.Update(102, 102, "95x0 94x6"));

        Assert.That(_scenario.Book().Bids[^1], Is.EqualTo(new Level(94, 6)));
    }

    [Test]
    public void LevelAtTheHorizonIsWithinAlsoWhenItGoesAndComes()
    {
        _scenario.GoLive(100, Seed).Send(Message.Update(101, 101, "96x0")).Send(Message.Update(102, 102, "96x8"));

        Assert.That(_scenario.Quote(), Does.StartWith("99x1@0 98x1@0 97x1@0 96x8@0 |"));
    }

    [Test]
    public void QuoteEndsWhereTheBookIsNotKnownAnyMore()
    {
        _scenario.GoLive(100, Seed)
            .Send(Message.Update(101, 102, "99x0 98x0 97x0 96x0 95x4 | 97x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Is.EqualTo("| 97x1@0 101x1@0 102x1@0 103x1@0 104x1@0"));
        Assert.That(Status.HorizonsReached, Is.EqualTo(1));

        _scenario.Send(Message.Update(103, 103, "94x1"));

        Assert.That(Status.HorizonsReached, Is.EqualTo(1), "counted once each time");
    }

    [Test]
    public void CrossIsSeenBeyondTheHorizonToo()
    {
        _scenario.GoLive(100, Seed).Send(Message.Update(101, 102, "99x0 98x0 97x0 96x0 95x4 | 95x1")).Wait(501);

        Assert.That(_scenario.State, Is.EqualTo(BookState.Suspect));
    }

    [Test]
    public void ToldTopBeyondTheHorizonIsComparedWithWhatTheVenueToldThere()
    {
        _scenario.GoLive(100, Seed)
            .Send(Message.Top(102, "95x4 | 97x1"))
            .Send(Message.Update(101, 102, "99x0 98x0 97x0 96x0 95x4 | 97x1"));

        Assert.That((Status.CrossChecks, Status.CrossChecksEqual), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void BookIsSeededAnewWhileItStaysLive()
    {
        _scenario.GoLive(100, Seed).Notices();
        _scenario.Send(Message.Update(101, 101, "99x0 98x0"));

        Assert.That(Status.IsReseeding, Is.True);
        Assert.That((Status.ReseedsWanted, Status.SnapshotsWanted), Is.EqualTo((1L, 2L)));

        _scenario.Send(Message.Update(102, 103, "95x2 94x2 | 100x1"));

        Assert.That(_scenario.Quote(), Does.StartWith("97x1@0 96x1@0 | 100x1@0 101x1@0"));
        Assert.That(_scenario.QuoteCount, Is.EqualTo(3));

        _scenario.Send(Message.Snapshot(102, "97x1 96x1 95x2 93x1 | 100x1 101x1 102x1 103x1") with { Wish = 2 });

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(
            _scenario.Quote(),
            Is.EqualTo("97x1@0 96x1@0 95x2@0 94x2@0 93x1@0 | 100x1@0 101x1@0 102x1@0 103x1@0"),
            "the update that straddles the snapshot is in it");
        Assert.That(_scenario.QuoteCount, Is.EqualTo(4), "one event");
        Assert.That((Status.Reseeds, Status.Resyncs, Status.Updates, Status.Snapshots), Is.EqualTo((1L, 0L, 2L, 2L)));
        Assert.That((Status.BidHorizon, Status.AskHorizon, Status.IsReseeding), Is.EqualTo((93L, 103L, false)));
        Assert.That(_scenario.Book().LastUpdateId, Is.EqualTo(103));
        Assert.That(_scenario.Notices(), Is.Empty);

        _scenario.Send(Message.Update(104, 104, "98x4"));

        Assert.That(_scenario.Quote(), Does.StartWith("98x4@0 97x1@0"));
    }

    [Test]
    public void SnapshotThatDoesNotReachTheLiveBookIsRefusedAndAskedForAgain()
    {
        _scenario.GoLive(100, Seed).Send(Message.Update(101, 101, "99x0 98x0"));
        var quotes = _scenario.QuoteCount;

        _scenario.Send(Message.Snapshot(100, Seed) with { Wish = 2 });

        Assert.That((_scenario.State, _scenario.QuoteCount), Is.EqualTo((BookState.Live, quotes)));
        Assert.That(_scenario.Quote(), Does.StartWith("97x1@0 96x1@0 |"));
        Assert.That((Status.SnapshotsTooOld, Status.SnapshotsWanted, Status.Reseeds), Is.EqualTo((1L, 3L, 0L)));
        Assert.That(Status.IsReseeding, Is.True);

        _scenario.Send(Message.Snapshot(105, "97x1 96x1 95x1 94x1 | 101x1") with { Wish = 3 });

        Assert.That(_scenario.QuoteCount, Is.EqualTo(quotes), "ahead of the updates, which have to come there first");
        _scenario.Send(Message.Update(102, 104, "90x1"));
        Assert.That((_scenario.State, Status.Reseeds), Is.EqualTo((BookState.Live, 0L)));
        _scenario.Send(Message.Update(105, 106, "98x2"));
        Assert.That(_scenario.Quote(), Is.EqualTo("98x2@0 97x1@0 96x1@0 95x1@0 94x1@0 | 101x1@0"));
        _scenario.Send(Message.Update(107, 107, "99x2"));
        Assert.That(_scenario.Quote(), Does.StartWith("99x2@0 98x2@0 97x1@0"));
        Assert.That((Status.Gaps, Status.Ignored, Status.Reseeds), Is.EqualTo((0L, 1L, 1L)), "the refused snapshot");
    }

    [Test]
    public void SnapshotOfAnotherBookNeverReplacesALiveOne()
    {
        _scenario.GoLive(100, Seed)
            .Send(Message.Update(101, 101, "99x0 98x0"))
            .Send(Message.Snapshot(9_000, "7x1 6x1 | 8x1") with { Wish = 2 })
            .Send(Message.Update(102, 102, "95x2"));

        Assert.That((_scenario.State, Status.Reseeds, Status.SnapshotsWanted), Is.EqualTo((BookState.Live, 0L, 3L)));
        Assert.That(_scenario.Quote(), Does.StartWith("97x1@0 96x1@0"));

        _scenario.Send(Message.Snapshot(102, "97x1 96x1 95x2 94x1 | 101x1") with { Wish = 3 });

        Assert.That(_scenario.Quote(), Is.EqualTo("97x1@0 96x1@0 95x2@0 94x1@0 | 101x1@0"));
        Assert.That((Status.Reseeds, Status.HoldsSnapshot), Is.EqualTo((1L, false)));
    }

    [Test]
    public void GapWhileABookIsSeededAnewForgetsWhatWasBufferedForThat()
    {
        _scenario.GoLive(100, Seed)
            .Send(Message.Update(101, 101, "99x0 98x0"))
            .Send(Message.Update(102, 102, "95x1"))
            .Send(Message.Update(105, 105, "97x9"));

        Assert.That((_scenario.State, Status.IsReseeding), Is.EqualTo((BookState.Gapped, false)));

        _scenario.Send(Message.Snapshot(104, Seed) with { Wish = 2 });
        Assert.That(_scenario.State, Is.EqualTo(BookState.Gapped), "asked for before the gap");

        _scenario.Send(Message.Snapshot(104, Seed) with { Wish = 3 });

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(_scenario.Quote(), Does.StartWith("99x1@0 98x1@0 97x9@0 96x1@0 |"));
        Assert.That((Status.Resyncs, Status.Reseeds), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public void SnapshotOfTheVenuesOwnAccordEndsTheWait()
    {
        _scenario.GoLive(100, Seed)
            .Send(Message.Update(101, 101, "99x0 98x0"))
            .Send(Message.Update(102, 102, "95x1"))
            .Send(Message.Snapshot(110, Seed) with { Flags = EventFlags.Pushed });

        Assert.That((_scenario.State, Status.IsReseeding), Is.EqualTo((BookState.Live, false)));
        Assert.That(_scenario.Quote(), Does.StartWith("99x1@0 98x1@0 97x1@0 96x1@0 |"));

        _scenario.Send(Message.Snapshot(111, "1x1 | 2x1") with { Wish = 2 });

        Assert.That(_scenario.Quote(), Does.StartWith("99x1@0"), "nobody waits for it any more");
    }

    [TestCase(EventKind.Connecting)]
    [TestCase(EventKind.Subscribed)]
    [TestCase(EventKind.Disconnected)]
    public void AnotherConnectionForgetsTheWait(EventKind kind)
    {
        _scenario.GoLive(100, Seed).Send(Message.Update(101, 101, "99x0 98x0")).Send(new Message(kind));

        Assert.That(Status.IsReseeding, Is.False);

        _scenario.Subscribe().Send(Message.Snapshot(50, Seed));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live), "its ids are others");
    }

    [Test]
    public void FullBufferBeginsAnotherAttemptAndTheBookStaysLive()
    {
        _scenario.GoLive(100, Seed).Send(Message.Update(101, 101, "99x0 98x0"));
        var id = 102L;
        for (var count = 0; count <= PendingUpdates.MaxEvents; count++, id++)
        {
            _scenario.Send(Message.Update(id, id, "97x2"));
        }

        Assert.That((_scenario.State, Status.ReseedsWanted, Status.Faults), Is.EqualTo((BookState.Live, 2L, 0L)));

        _scenario.Send(Message.Snapshot(id - 2, Seed) with { Wish = 3 });
        Assert.That(Status.Reseeds, Is.Zero, "older than what is buffered now");

        _scenario.Send(Message.Update(id, id, "97x3")).Send(Message.Snapshot(id - 1, Seed) with { Wish = 4 });

        Assert.That(_scenario.Quote(), Does.StartWith("99x1@0 98x1@0 97x3@0 96x1@0 |"));
        Assert.That(Status.Reseeds, Is.EqualTo(1));
    }

    [Test]
    public void MessageOfSeveralSlotsIsBufferedWholeOrNotAtAll()
    {
        var levels = Enumerable.Range(200, 150).Select(static price => (Side.Ask, (long)price, 1L)).ToArray();
        _scenario.GoLive(100, Seed)
            .Send(Message.Update(101, 101, "99x0 98x0"))
            .Send(Message.Update(102, 102, "") with { Levels = levels })
            .Send(Message.Snapshot(101, "97x1 96x1 95x1 94x1 | 101x1") with { Wish = 2 });

        Assert.That((Status.Reseeds, Status.Updates), Is.EqualTo((1L, 2L)));
        Assert.That(_scenario.Book().Asks, Has.Count.EqualTo(151));
    }

    [Test]
    public void WidenedBookKeepsItsHorizon()
    {
        _scenario.GoLive(100, Seed)
            .Send(Message.Update(101, 101, "95x7"))
            .Send(Message.Update(102, 102, "9650x5 9590x3") with { PriceScale = 2, QuantityScale = 1 });

        Assert.That((Status.BidHorizon, Status.AskHorizon, Status.HorizonScale), Is.EqualTo((9_600L, 10_400L, 2L)));
        Assert.That(
            _scenario.Quote(),
            Does.StartWith("9900x10@0 9800x10@0 9700x10@0 9650x5@0 9600x10@0 | 10100x10@0"));
        Assert.That(
            _scenario.Book().Bids.Skip(5), Is.EqualTo(new[] { new Level(9_590, 3), new Level(9_500, 70) }));
    }

    [Test]
    public void SnapshotThatCannotBeUsedTakesTheBookOut()
    {
        _scenario.GoLive(100, Seed)
            .Send(Message.Update(101, 101, "99x0 98x0"))
            .Send(Message.Update(102, 102, "1000000000000000000x1"))
            .Send(Message.Snapshot(101, "9700x1") with { PriceScale = 2, Wish = 2 });

        Assert.That((_scenario.State, Status.Faults), Is.EqualTo((BookState.Gapped, 1L)));
        Assert.That(_scenario.Quote(), Is.EqualTo("|"));

        _scenario.Send(Message.Update(103, 103, "99x2")).Send(Message.Snapshot(102, Seed) with { Wish = 3 });

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
    }

    [Test]
    public void BookOfTheSocketIsNeverSeededAnew()
    {
        using var scenario = new Scenario(Scenario.Socket with { SnapshotLevels = 4 });
        scenario.GoLive(100, Seed).Send(Message.Update(101, 101, "99x0 98x0 97x0"));

        Assert.That((scenario.Status.SnapshotsWanted, scenario.Status.BidHorizon), Is.EqualTo((0L, 96L)));
    }

    [TestCase(100, 50)]
    [TestCase(5, 3)]
    [TestCase(1, 1)]
    public void BelowHalfOfASnapshotTheNextIsAskedFor(int levels, int reseed) =>
        Assert.That((Scenario.Rest with { SnapshotLevels = levels }).ReseedLevels, Is.EqualTo(reseed));
}
