using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Live books held against the venue's own, over sockets and REST.</summary>
[Category(Categories.Loopback)]
public sealed class AuditTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    [TestCase("binance", 0)]
    [TestCase("bitstamp", 0)]
    [TestCase("kucoin", 0)]
    [TestCase("gateio", 100)]
    public async Task BooksOfTheSimulatedVenuesAreThoseThatTheyState(string venue, int depth)
    {
        await using var exchange = await ExchangeHost.StartAsync(new ExchangeOptions { Venues = [venue], Rate = 5 });
        using var bench = LiveBench.To(exchange, venue, "BTC/USDT", options => options with
        {
            AuditEvery = Period,
            Subscription = new SubscriptionOptions { Depth = depth },
        });
        bench.Until(() => bench.Status.Audits >= 5, "five comparisons");

        Assert.That(bench.Status.AuditsDiffering, Is.Zero);
        Assert.That(bench.Connection.Counters.AuditRequests, Is.GreaterThanOrEqualTo(5));
    }

    [TestCase("""["100.7","3"],["100.5","1"]""", """["100.5","1"]""", TestName = "ZombieLevelIsFound")]
    [TestCase("""["100.5","1"]""", """["100.7","3"],["100.5","1"]""", TestName = "MissingLevelIsFound")]
    public async Task BookWithAWrongLevelIsFoundAndTakenAnew(string taken, string own)
    {
        // The book begins with what is not the venue's; every later answer is right.
        await using var peer = await VenuePeer.StartAsync((context, number, lastId) =>
            context.Response.WriteAsync(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"lastUpdateId":{{lastId}},"bids":[{{(number == 1 ? taken : own)}}],"asks":[["101.5","1"]]}""")));
        using var bench = new LiveBench("binance", "BTC/USDT", options => options with
        {
            Socket = peer.Socket,
            Rest = peer.Rest,
            AuditEvery = Period,
        });
        bench.Until(() => bench.Status.Resyncs == 1, "a book taken anew");
        var audits = bench.Status.Audits;
        bench.Until(() => bench.Status.Audits > audits + 2, "comparisons afterwards");

        Assert.That(bench.Status.LastFault, Is.EqualTo((long)FaultCode.AuditDiffers));
        Assert.That(bench.Status.State, Is.EqualTo(BookState.Live));
        Assert.That(bench.Status.Resyncs, Is.EqualTo(1));
        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1));
    }

    [Test]
    public async Task QuestionWithoutAnAnswerIsCountedAndAskedAgain()
    {
        var isBroken = true;
        await using var peer = await VenuePeer.StartAsync((context, number, lastId) =>
        {
            context.Response.StatusCode = number > 1 && Volatile.Read(ref isBroken) ? 500 : 200;
            return context.Response.WriteAsync(VenuePeer.Body(lastId));
        });
        using var bench = new LiveBench("binance", "BTC/USDT", options => options with
        {
            Socket = peer.Socket,
            Rest = peer.Rest,
            AuditEvery = Period,
        });
        bench.Until(() => bench.Connection.Counters.AuditFailures >= 2, "two questions without an answer");
        Assert.That(bench.Status.Audits, Is.Zero);

        Volatile.Write(ref isBroken, false);
        bench.Until(() => bench.Status.Audits >= 1, "a comparison");
    }

    [Test]
    public void AuditsLeaveHalfOfTheBudgetToResyncs()
    {
        var budget = new RestBudget([new RestLimit(100, TimeSpan.FromMinutes(1))]);

        Assert.That(budget.TryTakeSpare(50, 1), Is.True);
        Assert.That(budget.TryTakeSpare(1, 2), Is.False);
        Assert.That(budget.TryTake(50, 3), Is.True, "the rest is theirs");
        Assert.That(budget.TryTake(1, 4), Is.False);
        Assert.That(budget.TryTakeSpare(50, 120_000_000_000), Is.True, "after the window");
    }
}
