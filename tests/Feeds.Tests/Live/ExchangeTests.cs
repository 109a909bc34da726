using System;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Exchange.Venues.Bybit;
using LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;
using LowLatencyQuoter.Exchange.Venues.KuCoin;
using LowLatencyQuoter.Exchange.Venues.Okx;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Connections to the simulated exchange.</summary>
[Category(Categories.Loopback)]
public sealed class ExchangeTests
{
    private static ExchangeOptions Fast(int port = 0) => new()
    {
        Instruments = ["BTC/USDT", "BTC/USD"],
        Rate = 20,
        Port = port,
    };

    [TestCase("binance", "BTC/USDT")]
    [TestCase("bitstamp", "BTC/USD")]
    [TestCase("coinbase", "BTC/USD")]
    [TestCase("coinbase_advanced", "BTC/USD")]
    [TestCase("kraken", "BTC/USD")]
    [TestCase("okx", "BTC/USDT")]
    [TestCase("bybit", "BTC/USDT")]
    [TestCase("kucoin", "BTC/USDT")]
    [TestCase("gateio", "BTC/USDT")]
    [TestCase("bitfinex", "BTC/USDT")]
    [TestCase("cryptocom", "BTC/USDT")]
    public async Task BookBecomesLiveAndStaysSo(string venue, string pair)
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, venue, pair);
        bench.Until(() => bench.IsLive && bench.Status.Updates > 30, "thirty updates of a live book");

        Assert.Multiple(() =>
        {
            Assert.That(bench.Connection.Venue, Is.EqualTo(venue));
            Assert.That(bench.Connection.IsConnected, Is.True);
            Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1));
            Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
            Assert.That(bench.Connection.Counters.Bytes, Is.GreaterThan(1_000));
            Assert.That(bench.Status.Gaps, Is.Zero);
            Assert.That(bench.Status.Faults, Is.Zero);
            Assert.That(bench.Status.BidLevels, Is.GreaterThan(5));
            if (venue != "bitfinex")   // which sends one now and then
            {
                Assert.That(bench.Status.ChecksumsChecked, venue == "kraken" ? Is.GreaterThan(30) : Is.Zero);
            }

            Assert.That(bench.Log.Has($"{venue}: connected to "), Is.True);
        });
        Assert.That(bench.Close(), Is.LessThan(TimeSpan.FromSeconds(3)));
        bench.Until(() => bench.Status.State == BookState.Disconnected, "the book leaving the quote");
    }

    [Test]
    public async Task WholeBooksNeedNoSnapshotBesideThem()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, "bitstamp", "BTC/USD", options => options with
        {
            Subscription = new SubscriptionOptions { WholeBooks = true },
        });
        bench.Until(() => bench.IsLive && bench.Status.Snapshots > 10, "ten whole books");

        Assert.That(bench.Status.Updates, Is.Zero);
        Assert.That(bench.Status.Faults, Is.Zero);
    }

    [TestCase(100, false, 300)]
    [TestCase(400, true, 350)]
    public async Task GateioDepthChoosesStreamOrSnapshot(int depth, bool isWindow, int levels)
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, "gateio", "BTC/USDT", options => options with
        {
            Subscription = new SubscriptionOptions { Depth = depth },
        });
        bench.Until(
            () => bench.IsLive && bench.Status.Updates > 400 && (isWindow || bench.Status.Snapshots > 1),
            "four hundred updates, and the whole book that the older channel sends in their midst");

        Assert.Multiple(() =>
        {
            Assert.That(bench.Status.Gaps, Is.Zero);
            Assert.That(bench.Status.Faults, Is.Zero);
            Assert.That(bench.Status.Resyncs, Is.Zero);
            Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
            Assert.That(bench.Status.BidLevels, Is.GreaterThan(isWindow ? levels : 50).And.LessThanOrEqualTo(450));
            Assert.That(bench.Connection.Counters.SnapshotRequests, isWindow ? Is.Zero : Is.GreaterThanOrEqualTo(1));
            Assert.That(bench.Connection.Counters.UsualFrames, Is.GreaterThan(300));
        });
    }

    [Test]
    public async Task KuCoinHearsPingsAsOftenAsItsTokenSays()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast() with
        {
            KuCoin = new KuCoinLimits { PingInterval = TimeSpan.FromMilliseconds(20), MessagesPerTenSeconds = 10_000 },
        });
        using var bench = LiveBench.To(exchange, "kucoin", "BTC/USDT");
        bench.Until(() => bench.IsLive && bench.Connection.Counters.Heartbeats >= 10, "ten answers to pings");

        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1));
        Assert.That(bench.Status.Widened, Is.GreaterThanOrEqualTo(0));
        Assert.That(bench.Log.ToString(), Does.Not.Contain("token="), "tokens are not logged");
    }

    [Test]
    public async Task MissingMessageIsAReasonToConnectAnew()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast() with
        {
            CoinbaseAdvanced = new CoinbaseAdvancedSettings { LosesMessage = 20 },
        });
        using var bench = LiveBench.To(exchange, "coinbase_advanced", "BTC/USDT");
        bench.Until(
            () => bench.IsLive && bench.Connection.Counters.Connects == 2 && bench.Status.Updates > 60,
            "a live book on the second connection");

        Assert.That(bench.Status.Gaps, Is.EqualTo(1));
        Assert.That(bench.Status.Resyncs, Is.EqualTo(1));
        Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
        Assert.That(bench.Log.Has("coinbase_advanced: messages are missing before this one"), Is.True);
    }

    [Test]
    public async Task CoinbaseRefusalNamesItsBook()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, "coinbase", "DOGE/USDT");
        bench.Until(
            () => bench.Log.Has("coinbase: refused: ") && bench.Status.State == BookState.Disconnected, "the refusal");

        Assert.That(bench.Log.ToString(), Does.Contain("DOGE-USDT is not a valid product"));
    }

    [Test]
    public async Task GateioRefusalNamesItsBook()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, "gateio", "DOGE/USDT", options => options with
        {
            Subscription = new SubscriptionOptions { Depth = 100 },
        });
        bench.Until(
            () => bench.Log.Has("gateio: refused: ") && bench.Status.State == BookState.Disconnected, "the refusal");

        Assert.That(bench.Log.ToString(), Does.Contain("unknown currency pair DOGE_USDT"));
    }

    [TestCase("binance")]
    [TestCase("kucoin")]
    public async Task TopFeedAgreesWithTheBook(string venue)
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, venue, "BTC/USDT", options => options with
        {
            Subscription = new SubscriptionOptions { CrossCheck = true },
        });
        bench.Until(() => bench.Status.CrossChecks > 10, "ten comparisons");
        bench.Close();   // the two counts are of one moment only when nothing comes any more
        bench.Until(() => bench.Status.State == BookState.Disconnected, "the end");

        Assert.That(bench.Status.CrossChecksEqual, Is.EqualTo(bench.Status.CrossChecks));
    }

    [TestCase("binance", "BTC/USDT")]
    [TestCase("coinbase", "BTC/USDT")]
    [TestCase("coinbase_advanced", "BTC/USDT")]
    [TestCase("kraken", "BTC/USD")]
    [TestCase("okx", "BTC/USDT")]
    [TestCase("bybit", "BTC/USDT")]
    [TestCase("kucoin", "BTC/USDT")]
    [TestCase("gateio", "BTC/USDT")]
    [TestCase("bitfinex", "BTC/USDT")]
    [TestCase("cryptocom", "BTC/USDT")]
    public async Task ConnectionComesBackWithTheExchange(string venue, string pair)
    {
        var first = await ExchangeHost.StartAsync(Fast());
        var port = first.Port;
        using var bench = LiveBench.To(first, venue, pair);
        bench.Until(() => bench.IsLive, "a live book");
        await first.StopAsync();
        bench.Until(() => !bench.IsLive && bench.Log.Has("connection lost"), "the loss");
        bench.Until(() => bench.Log.Has("no connection to"), "a refused attempt");
        await using var second = await ExchangeHost.StartAsync(Fast(port));
        bench.Until(() => bench.IsLive, "a live book again");

        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(2));
        Assert.That(bench.Connection.Counters.Disconnects, Is.GreaterThanOrEqualTo(2));
    }

    [TestCase("kraken", "BTC/USD", 20, "depth not supported")]
    [TestCase("okx", "DOGE/USDT", 0, "instId:DOGE-USDT doesn't exist")]
    [TestCase("bybit", "BTC/USDT", 20, "handler not found")]
    [TestCase("bitfinex", "DOGE/USDT", 0, "symbol: invalid")]
    [TestCase("bitfinex", "BTC/USDT", 20, "length: invalid")]
    [TestCase("cryptocom", "DOGE/USDT", 0, "Unknown symbol")]
    [TestCase("cryptocom", "BTC/USDT", 20, "Invalid depth")]
    public async Task RefusedSubscriptionIsLoggedAndItsBookStaysOut(string venue, string pair, int depth, string words)
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, venue, pair, options => options with
        {
            Subscription = new SubscriptionOptions { Depth = depth },
        });
        bench.Until(
            () => bench.Log.Has($"{venue}: refused: ") && bench.Status.State == BookState.Disconnected, "the refusal");

        Assert.That(bench.Log.ToString(), Does.Contain(words));
        Assert.That(bench.Connection.Counters.Refusals, Is.GreaterThanOrEqualTo(1));
        Assert.That(bench.Connection.IsConnected, Is.True);
    }

    [Test]
    public async Task InstrumentThatIsNotListedIsLogged()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, "binance", "DOGE/USDT");
        bench.Until(() => bench.Log.Has("does not list DOGEUSDT"), "the log line");

        Assert.That(bench.IsLive, Is.False);
    }

    [TestCase("bitstamp", "BTC/USD")]
    [TestCase("okx", "BTC/USDT")]
    [TestCase("bitfinex", "BTC/USDT")]
    public async Task VenueThatAnnouncesItsEndIsConnectedAnew(string venue, string pair)
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast());
        using var bench = LiveBench.To(exchange, venue, pair);
        bench.Until(() => bench.IsLive, "a live book");
        Assert.That(exchange.AnnounceDisconnect(venue), Is.True);
        bench.Until(() => bench.Connection.Counters.Connects == 2 && bench.IsLive, "a second connection");

        Assert.That(bench.Log.Has("asks to connect anew"), Is.True);
    }

    [Test]
    public async Task ChecksumsOfTheDaysWhenThereWereSomeProveTheBookAndFallingIdsAreNoGap()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast() with
        {
            Okx = new OkxSettings { LiveChecksum = true, SequenceFallsAfter = 10 },
        });
        using var bench = LiveBench.To(exchange, "okx", "BTC/USDT");
        bench.Until(() => bench.IsLive && bench.Status.ChecksumsChecked > 60, "sixty checksums");
        bench.Close();   // the two counts are of one moment only when nothing comes any more
        bench.Until(() => bench.Status.State == BookState.Disconnected, "the end");

        Assert.That(bench.Status.ChecksumsMatched, Is.EqualTo(bench.Status.ChecksumsChecked));
        Assert.That((bench.Status.Gaps, bench.Status.Unproven, bench.Status.Ignored), Is.EqualTo((0L, 0L, 0L)));
        Assert.That((bench.Status.BidLevels, bench.Status.AskLevels), Is.EqualTo((400L, 400L)));
    }

    [Test]
    public async Task ServiceThatRestartsAndSendsSnapshotsFirstLosesNothing()
    {
        await using var exchange = await ExchangeHost.StartAsync(Fast() with
        {
            Bybit = new BybitSettings { RestartsAfter = 20, SnapshotComesFirst = true },
        });
        using var bench = LiveBench.To(exchange, "bybit", "BTC/USDT");
        bench.Until(() => bench.IsLive && bench.Status.Snapshots == 2 && bench.Status.Updates > 40, "a restart");

        Assert.That((bench.Status.Gaps, bench.Status.Resyncs, bench.Status.Ignored), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1));
    }

    [TestCase("binance", "BTC/USDT")]
    [TestCase("kraken", "BTC/USD")]
    [TestCase("gateio", "BTC/USDT")]
    public async Task TlsNeedsARootThatIsTrusted(string venue, string pair)
    {
        using var root = new TestRoot();
        await using var exchange = await ExchangeHost.StartAsync(Fast() with { Certificate = root.Server });
        using var trusting = LiveBench.To(exchange, venue, pair, options => options with { TrustedRoots = root.Roots });
        using var doubting = LiveBench.To(exchange, venue, pair);
        trusting.Until(() => trusting.IsLive, "a live book over TLS");
        doubting.Until(() => doubting.Log.Has("no connection to wss://"), "the refusal");

        Assert.That(doubting.Connection.Counters.Connects, Is.Zero);
        Assert.That(doubting.Log.ToString(), Does.Contain("certificate of 127.0.0.1 refused"));
    }

    [Test]
    public async Task KuCoinGrantsItsAddressOverTlsToo()
    {
        using var root = new TestRoot();
        await using var exchange = await ExchangeHost.StartAsync(Fast() with { Certificate = root.Server });
        using var trusting = LiveBench.To(
            exchange, "kucoin", "BTC/USDT", options => options with { TrustedRoots = root.Roots });
        using var doubting = LiveBench.To(exchange, "kucoin", "BTC/USDT");
        trusting.Until(() => trusting.IsLive, "a live book over TLS");
        doubting.Until(() => doubting.Log.Has("no admission from /api/v1/bullet-public"), "the refusal");

        Assert.That(doubting.Connection.Counters.Connects, Is.Zero);
    }
}
