using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Binance's binary and partial streams on the simulated exchange.</summary>
[Category(Categories.Loopback)]
public sealed class BinanceStreamsTests
{
    private static readonly ApiKey Key = new("vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A");

    private static ExchangeOptions Fast() => new() { Instruments = ["BTC/USDT"], Rate = 20 };

    [TestCase(1)]
    [TestCase(2)]
    public async Task BinaryDiffsMakeALiveBook(int connections)
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(
            exchange,
            "binance",
            "BTC/USDT",
            options => options with { ApiKey = Key, Connections = connections },
            VenueStream.Sbe);
        bench.Until(() => bench.IsLive && bench.Status.Updates > 200, "two hundred updates of a live book");

        Assert.Multiple(() =>
        {
            Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
            Assert.That(bench.Status.Gaps, Is.Zero);
            Assert.That(bench.Status.Faults, Is.Zero);
            Assert.That(bench.Status.BidLevels, Is.GreaterThan(100));
            Assert.That(bench.Log.ToString(), Does.Not.Contain(Key.Text), "keys are not logged");
        });
    }

    [Test]
    public async Task BestBidAndAskAgreeWithTheBinaryBook()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(
            exchange,
            "binance",
            "BTC/USDT",
            static options => options with
            {
                ApiKey = Key,
                Subscription = new SubscriptionOptions { CrossCheck = true },
            },
            VenueStream.Sbe);
        bench.Until(() => bench.Status.CrossChecks > 50, "fifty comparisons");
        bench.Close();   // the two counts are of one moment only when nothing comes any more
        bench.Until(() => bench.Status.State == BookState.Disconnected, "the end");

        Assert.That(bench.Status.CrossChecksEqual, Is.EqualTo(bench.Status.CrossChecks));
    }

    [Test]
    public async Task BinaryStreamIsRefusedWithoutAKey()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, "binance", "BTC/USDT", null, VenueStream.Sbe);
        bench.Until(() => bench.Log.Has("no connection to") && bench.Log.Has("401"), "the refusal");

        Assert.That(bench.IsLive, Is.False);
    }

    [TestCase("drop")]
    [TestCase("reorder")]
    [TestCase("truncated")]
    [TestCase("trailing-garbage")]
    public async Task BinaryBookIsRightAgainAfterAFault(string fault)
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(
            exchange, "binance", "BTC/USDT", static options => options with { ApiKey = Key }, VenueStream.Sbe);
        bench.Until(() => bench.IsLive && bench.Status.Updates > 20, "a live book");
        exchange.Faults.Arm("binance", new Fault { Name = fault, Symbol = "BTC/USDT" });
        bench.Until(() => bench.Status.Resyncs > 0 && bench.IsLive, "the resync");

        Assert.That(bench.Status.Gaps + bench.Status.Faults, Is.Positive);
    }

    [TestCase(0, 20)]
    [TestCase(5, 5)]
    public async Task PartialDepthIsABookOfItsBestLevels(int depth, int levels)
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(
            exchange,
            "binance",
            "BTC/USDT",
            options => options with { Subscription = new SubscriptionOptions { Depth = depth } },
            VenueStream.Partial);
        bench.Until(() => bench.IsLive && bench.Status.Snapshots > 30, "thirty whole books");

        Assert.Multiple(() =>
        {
            Assert.That(bench.Status.Updates, Is.Zero);
            Assert.That(bench.Status.Faults, Is.Zero);
            Assert.That(bench.Status.Resyncs, Is.Zero);
            Assert.That(bench.Status.BidLevels, Is.EqualTo(levels));
            Assert.That(bench.Status.AskLevels, Is.EqualTo(levels));
            Assert.That(bench.Status.BidHorizon, Is.Positive, "what lies behind the last level is not known");
            Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
            Assert.That(bench.Connection.Counters.SnapshotRequests, Is.Zero);
        });
    }

    [Test]
    public async Task PartialDepthSurvivesAMessageThatCannotBeRead()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, "binance", "BTC/USDT", null, VenueStream.Partial);
        bench.Until(() => bench.IsLive && bench.Status.Snapshots > 5, "a live book");
        exchange.Faults.Arm("binance", new Fault { Name = "malformed" });
        bench.Until(() => bench.Status.Faults > 0 && bench.IsLive, "the next book");

        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1));
        Assert.That(bench.Status.Resyncs, Is.EqualTo(1));
    }
}
