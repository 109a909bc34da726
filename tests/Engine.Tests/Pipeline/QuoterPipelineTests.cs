using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

public sealed class QuoterPipelineTests
{
    [Test]
    public void LanesTakeTurnsAndLargeMessagesAreTakenWhole()
    {
        using var pipeline = Make(2, [Scenario.Socket, Scenario.Socket]);
        SendSnapshot(pipeline, lane: 0, book: 0, levels: 10_000);
        SendSnapshot(pipeline, lane: 1, book: 1, levels: 1);

        Assert.That(pipeline.DoWork(), Is.EqualTo(170 + 1), "one message beyond the batch, and the other lane's");
        Assert.That(pipeline.EventCount, Is.EqualTo(171));
        Assert.That(pipeline.Table.Statuses[0].BidLevels, Is.EqualTo(10_000));
        Assert.That(pipeline.Table.Statuses[1].State, Is.EqualTo(BookState.Live));
        Assert.That(pipeline.DoWork(), Is.Zero);
    }

    [Test]
    public void BusyLaneDoesNotStarveAnother()
    {
        using var pipeline = Make(2, [Scenario.Socket, Scenario.Socket]);
        for (var message = 0; message < 200; message++)
        {
            SendSnapshot(pipeline, lane: 0, book: 0, levels: 1);
        }

        SendSnapshot(pipeline, lane: 1, book: 1, levels: 1);

        Assert.That(pipeline.DoWork(), Is.EqualTo(64 + 1));
        Assert.That(pipeline.Table.Statuses[1].State, Is.EqualTo(BookState.Live));
    }

    [Test]
    public void InstrumentsAreQuotedApart()
    {
        using var pipeline = Make(1, [Scenario.Socket, Scenario.Socket with { Instrument = 1 }], "BTC/USDT",
            "ETH/USDT");
        SendSnapshot(pipeline, lane: 0, book: 1, levels: 2);
        pipeline.DoWork();
        var reader = new QuoteReader(pipeline.Quotes[1]);

        Assert.That(pipeline.Quotes[0].Cursor, Is.EqualTo(-1));
        Assert.That(reader.TryReadLatest(), Is.True);
        Assert.That((reader.Header.Instrument, reader.Header.MemberCount, reader.Header.CauseBook),
            Is.EqualTo((1, 1, 1)));
        Assert.That(reader.Header.Member(0).Book, Is.EqualTo(1));
    }

    [Test]
    public void QuoteCarriesTheTimesOfItsCause()
    {
        using var scenario = new Scenario(Scenario.Socket, Scenario.Rest);
        scenario.GoLive(1, "99x1 | 101x1").GoLive(1, "98x1 | 102x1", book: 1);
        var first = scenario.Table.Statuses[0].LastReceivedNanos;
        scenario.Quote();

        ref var header = ref scenario.Reader.Header;
        Assert.That((header.CauseBook, header.ReceivedNanos), Is.EqualTo((1, scenario.Nanos)));
        Assert.That(header.VenueUnixNanos, Is.EqualTo(scenario.Nanos + 5));
        Assert.That(header.PublishedNanos, Is.GreaterThanOrEqualTo(header.ReceivedNanos));
        Assert.That((header.Member(0).ReceivedNanos, header.Member(1).ReceivedNanos),
            Is.EqualTo((first, scenario.Nanos)));
    }

    [Test]
    public void ChangeBelowTheLastRowIsNotQuoted()
    {
        using var scenario = new Scenario(2, Scenario.Socket);
        scenario.GoLive(1, "99x1 98x1 97x1 | 101x1 102x1");
        var quotes = scenario.QuoteCount;

        scenario.Send(Message.Update(0, 0, "97x5 | 103x1")).Send(Message.Update(0, 0, "99x1"));
        Assert.That(scenario.QuoteCount, Is.EqualTo(quotes));

        scenario.Send(Message.Update(0, 0, "98x0"));
        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 97x5@0 | 101x1@0 102x1@0"));
    }

    [Test]
    public void OneThreadHasOneSignal()
    {
        var options = new PipelineOptions { Lanes = 1, OneThread = true };
        using var pipeline = new QuoterPipeline<ManualClock>(
            new BookTable(["a"], [Scenario.Socket]), options, new ManualClock());

        Assert.That(pipeline.PublisherSignal, Is.SameAs(pipeline.EngineSignal));
    }

    [Test]
    public void BookOfAnUnknownInstrumentIsRefusedByName() =>
        Assert.That(
            () => new BookTable(["BTC/USDT"], [Scenario.Rest with { Instrument = 1 }]),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("binance BTCUSDT belongs to instrument 1"));

    private static QuoterPipeline<ManualClock> Make(int lanes, BookDefinition[] books, params string[] instruments) =>
        new(
            new BookTable(instruments.Length == 0 ? ["BTC/USDT"] : instruments, books),
            new PipelineOptions { Lanes = lanes, LaneCapacity = 256 },
            new ManualClock());

    private static void SendSnapshot(QuoterPipeline<ManualClock> pipeline, int lane, int book, int levels)
    {
        var to = pipeline.Lanes[lane];
        Assert.That(to.TryBegin(book, EventKind.Snapshot), Is.True);
        for (var price = 1; price <= levels; price++)
        {
            Assert.That(to.TryAdd(Side.Bid, price, 1), Is.True);
        }

        to.Commit(0);
    }
}
