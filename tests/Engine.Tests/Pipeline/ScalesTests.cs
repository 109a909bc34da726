using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Finer values, and venues of different precision in one quote.</summary>
public sealed class ScalesTests
{
    [Test]
    public void FinerValueWidensTheBookExactlyAndIsCounted()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(0, "99x1 | 101x1")
            .Send(Message.Update(0, 0, "9951x25") with { PriceScale = 2, QuantityScale = 1 });

        Assert.That(scenario.Status.Widened, Is.EqualTo(1));
        Assert.That(scenario.Quote(), Is.EqualTo("9951x25@0 9900x10@0 | 10100x10@0"));
        Assert.That((scenario.Reader.Header.PriceScale, scenario.Reader.Header.QuantityScale),
            Is.EqualTo(((byte)2, (byte)1)));

        scenario.Send(Message.Update(0, 0, "98x3"));

        Assert.That(scenario.Quote(), Is.EqualTo("9951x25@0 9900x10@0 9800x30@0 | 10100x10@0"));
        Assert.That(scenario.Status.Widened, Is.EqualTo(1));
    }

    [Test]
    public void FinerValueFarFromTheTouchStillRespellsTheQuote()
    {
        using var scenario = new Scenario(2, Scenario.Socket);
        scenario.GoLive(0, "99x1 98x1 | 101x1").Send(Message.Update(0, 0, "105x1") with { PriceScale = 1 });

        Assert.That(scenario.Quote(), Is.EqualTo("990x1@0 980x1@0 | 1010x1@0"));
    }

    [Test]
    public void WideningThatTheCommonScaleHidesIsNotQuoted()
    {
        using var scenario = new Scenario(1, Scenario.Socket, Scenario.Socket);
        scenario.GoLive(0, "99x1 | 101x1").Send(new Message(EventKind.Connecting) { Book = 1 })
            .Send(Message.Snapshot(0, "9800x1 | 10200x1") with { Book = 1, PriceScale = 2 });
        var quotes = scenario.QuoteCount;

        scenario.Send(Message.Update(0, 0, "505x1") with { PriceScale = 1 });

        Assert.That(scenario.Status.Widened, Is.EqualTo(1));
        Assert.That(scenario.QuoteCount, Is.EqualTo(quotes));
    }

    [Test]
    public void TwoVenuesMeetOnTheFinerScale()
    {
        using var scenario = new Scenario(Scenario.Socket, Scenario.Rest);
        scenario.GoLive(0, "99x1 | 101x1").Subscribe(1)
            .Send(Message.Snapshot(5, "9950x1500 | 10100x1000") with { Book = 1, PriceScale = 2, QuantityScale = 3 });

        Assert.That(scenario.Quote(), Is.EqualTo("9950x1500@1 9900x1000@0 | 10100x1000@0 10100x1000@1"));

        scenario.Send(new Message(EventKind.Disconnected) { Book = 1 });

        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 | 101x1@0"), "alone on its own scale again");
        Assert.That(scenario.Reader.Header.PriceScale, Is.Zero);
    }

    [Test]
    public void VenueThatDoesNotFitTheCommonScaleIsTakenOutWithoutAQuoteThatLacksRows()
    {
        using var scenario = new Scenario(Scenario.Socket, Scenario.Rest);
        scenario.GoLive(0, "99x1 | 1000000000000000000x1");
        scenario.Notices();
        scenario.NewQuotes();
        scenario.Subscribe(1).Send(Message.Snapshot(5, "9800x1 | 10100x1") with { Book = 1, PriceScale = 2 });

        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That(scenario.Notices()[^1].Fault, Is.EqualTo(FaultCode.ScaleOverflow));
        Assert.That(scenario.NewQuotes(), Is.EqualTo(new[]
        {
            "99x1@0 | 1000000000000000000x1@0 / 0 0 / Live Connecting",
            "99x1@0 | 1000000000000000000x1@0 / 0 0 / Live Buffering",
            "9800x1@1 | 10100x1@1 / 2 0 / Gapped Live",
        }));
        Assert.That(scenario.Status.SnapshotsWanted, Is.EqualTo(1));
    }

    [Test]
    public void UnfitLevelThatOnlyShowsWhenAnotherVenueLeavesTakesItsBookOut()
    {
        using var scenario = new Scenario(2, Scenario.Socket, Scenario.Rest, Scenario.Rest);
        scenario.GoLive(0, "| 103x1 1000000000000000000x1");
        var many = string.Join(' ', Enumerable.Range(61, 40).Select(static price => $"{price}x1"));
        scenario.GoLive(5, $"| {many} 101x1", book: 1);   // the merge looks some rows deeper than it shows
        scenario.Subscribe(2).Send(Message.Snapshot(5, "| 10200x1") with { Book = 2, PriceScale = 2 });
        Assert.That(scenario.Quote(), Is.EqualTo("| 6100x1@1 6200x1@1"));
        Assert.That(scenario.State, Is.EqualTo(BookState.Live), "nobody looked that deep");
        scenario.NewQuotes();

        scenario.Send(new Message(EventKind.Disconnected) { Book = 1 });

        Assert.That(scenario.NewQuotes(), Is.EqualTo(new[] { "| 10200x1@2 / 2 0 / Gapped Disconnected Live" }));
    }
}
