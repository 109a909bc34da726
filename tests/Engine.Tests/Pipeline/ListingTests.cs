using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Books come and go while others are quoted.</summary>
public sealed class ListingTests
{
    [Test]
    public void BookThatGoesLeavesTheQuoteAndItsPlaceServesAnotherOne()
    {
        using var scenario = new Scenario(Scenario.Socket, Scenario.Rest, Scenario.Socket with { Instrument = 1 });
        scenario.GoLive(1, "99x1 | 101x1").GoLive(5, "98x1 | 100x1", 1).GoLive(1, "7x1 | 8x1", 2);
        var since = scenario.Status.StateSinceNanos;
        var others = scenario.Pipeline.Quotes[1].Cursor;

        scenario.Table.Unlist(1);
        scenario.Send(new Message(EventKind.Delisted) { Book = 1 });

        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 | 101x1@0"));
        Assert.That(scenario.Reader.Header.MemberCount, Is.EqualTo(1));
        Assert.That(scenario.Table.Statuses[1].IsAttached, Is.False);
        Assert.That(scenario.Table.BooksOf(0), Has.Count.EqualTo(1));
        var wishes = scenario.Table.Statuses[1].SnapshotsWanted;
        Assert.That(wishes, Is.Positive);

        scenario.Table.List(1, Scenario.Rest with { Symbol = "other" });
        scenario.Send(new Message(EventKind.Listed) { Book = 1 }).GoLive(7, "97x2 | 100x2", 1);

        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 97x2@1 | 100x2@1 101x1@0"));
        var status = scenario.Table.Statuses[1];
        Assert.That((status.Snapshots, status.Updates), Is.EqualTo((1L, 0L)));
        Assert.That((status.WishesBefore, status.SnapshotsWanted), Is.EqualTo((wishes, wishes + 1)));
        Assert.That(scenario.Status.StateSinceNanos, Is.EqualTo(since), "the other book was not touched");
        Assert.That(scenario.Pipeline.Quotes[1].Cursor, Is.EqualTo(others), "nor the other instrument");
    }

    [Test]
    public void LastBookOfAnInstrumentLeavesAnEmptyQuote()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(1, "99x1 | 101x1");

        scenario.Table.Unlist(0);
        scenario.Send(new Message(EventKind.Delisted));

        Assert.That(scenario.Quote(), Is.EqualTo("|"));
        Assert.That(scenario.Reader.Header.MemberCount, Is.Zero);
    }

    [Test]
    public void PlaceIsGivenAwayOnlyWhenTheEngineHasGivenItBack()
    {
        using var scenario = new Scenario(Scenario.Socket);
        var table = scenario.Table;

        Assert.That(() => table.List(0, Scenario.Socket), Throws.InvalidOperationException);
        table.Unlist(0);
        Assert.That(() => table.List(0, Scenario.Socket), Throws.InvalidOperationException);
        scenario.Send(new Message(EventKind.Delisted));
        Assert.That(() => table.List(0, Scenario.Socket with { Instrument = 1 }), Throws.InvalidOperationException);
        Assert.That(() => table.List(0, Scenario.Socket), Throws.Nothing);
    }

    [Test]
    public void AddedLaneIsServedBesideTheOthers()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(1, "99x1 | 101x1");

        var lane = scenario.Pipeline.AddLane();
        Assert.That(lane.TryBegin(0, EventKind.Disconnected), Is.True);
        lane.Commit(scenario.Nanos);

        Assert.That(scenario.Pipeline.DoWork(), Is.EqualTo(1));
        Assert.That(scenario.State, Is.EqualTo(BookState.Disconnected));
    }

    [Test]
    public void LanesAreAsManyAsTheyWereForFollowers()
    {
        var table = new BookTable(["I0"], [Scenario.Socket]);
        using var pipeline = new QuoterPipeline<ManualClock>(
            table, new PipelineOptions { Lanes = 1, Followers = 1 }, new ManualClock());

        Assert.That(() => pipeline.AddLane(), Throws.InstanceOf<InvalidOperationException>());
    }
}
