using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Playback;

[Category(Categories.Loopback)]
[Category(Categories.Captures)]
internal sealed class PlaybackTests
{
    private const string KrakenSubscribe =
        """{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USD"],"depth":10}}""";

    private const string BitstampSubscribe =
        """{"event":"bts:subscribe","data":{"channel":"diff_order_book_ethusd"}}""";

    private const string GateioSubscribe =
        """{"time":1,"channel":"spot.order_book_update","event":"subscribe","payload":["NEO_BTC","100ms"]}""";

    private const string BinanceSubscribe = """{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}""";

    private const string CoinbaseSubscribe =
        """{"type":"subscribe","product_ids":["YFI-BTC"],"channels":["level2_batch"]}""";

    private const string OkxSubscribe = """{"op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"}]}""";

    [TestCase("kraken", "/v2", KrakenSubscribe, int.MaxValue, "kraken/kraken_btcusd_l2.cbcap")]
    [TestCase("kraken", "/v2", KrakenSubscribe, 500, "kraken/kraken_btcusd_sample.cbcap")]
    [TestCase(
        "bitstamp",
        "/",
        BitstampSubscribe,
        int.MaxValue,
        "bitstamp/BITSTAMP.0",
        "bitstamp/BITSTAMP.http.0.0",
        "bitstamp/BITSTAMP.ws.1.0")]
    [TestCase(
        "binance",
        "/ws",
        BinanceSubscribe,
        int.MaxValue,
        "binance/BINANCE.0.gz",
        "binance/BINANCE.http.0.0",
        "binance/BINANCE.ws.1.0")]
    [TestCase("coinbase", "/", CoinbaseSubscribe, 2_000, "coinbase/COINBASE.0", "coinbase/COINBASE.ws.28.0.gz")]
    [TestCase("okx", "/ws/v5/public", OkxSubscribe, int.MaxValue, "okx/OKX.0.gz", "okx/OKX.ws.1.0")]
    [TestCase("kucoin", "/?token=any", null, 2000, "kucoin/KUCOIN.http.0.0", "kucoin/KUCOIN.ws.1.0.gz")]
    [TestCase("gateio", "/ws/v4/", GateioSubscribe, int.MaxValue, "gateio/GATEIO.http.0.0", "gateio/GATEIO.ws.1.0")]
    [TestCase("bitfinex", "/ws/2", null, int.MaxValue, "bitfinex/BITFINEX.0", "bitfinex/BITFINEX.ws.11.0")]
    [TestCase("binance", "/stream?streams=btcusdt@depth@100ms", null, 3000, "binance/btcusdt_20240808.txt.gz")]
    public async Task FramesComeByteForByte(
        string venue, string path, string? subscribe, int count, params string[] files)
    {
        var expected = RecordedFiles.Frames([.. files.Select(CaptureFolder.File)]);
        await using var exchange = await StartAsync(venue, PlaybackSpeed.Max, files);
        using var socket = await exchange.ConnectAsync(venue, path);
        if (subscribe is not null)
        {
            await socket.SendAsync(subscribe);
        }

        var frames = Math.Min(count, expected.Count);
        for (var i = 0; i < frames; i++)
        {
            var received = await socket.ReceiveBytesAsync();
            Assert.That(received.AsSpan().SequenceEqual(expected[i]), Is.True, $"frame {i} of {expected.Count}");
        }

        if (frames == expected.Count)
        {
            var status = await FinishedAsync(exchange);
            Assert.That(status.GetProperty("venue").GetString(), Is.EqualTo(venue));
            Assert.That(status.GetProperty("frames").GetInt32(), Is.EqualTo(expected.Count));
            Assert.That(status.GetProperty("sent").GetInt32(), Is.EqualTo(expected.Count));
        }
    }

    [Test]
    public async Task NothingIsSentBeforeTheFirstSubscribeAndEveryConnectionStartsAgain()
    {
        await using var exchange = await StartAsync("kraken", PlaybackSpeed.Max, "kraken/kraken_btcusd_l2.cbcap");
        for (var connection = 1; connection <= 2; connection++)
        {
            using var socket = await exchange.ConnectAsync("kraken", "/v2");
            await socket.SendAsync("""{"method":"ping"}""");
            await socket.SendAsync("nonsense");
            var before = await exchange.GetAsync("/playback/status");
            Assert.That(before.GetProperty("connections").GetInt32(), Is.EqualTo(connection - 1));
            await socket.SendAsync(KrakenSubscribe);
            var first = await socket.ReceiveAsync();
            Assert.That(first.GetProperty("channel").GetString(), Is.EqualTo("status"), "the recording's first frame");
            await socket.SendAsync(KrakenSubscribe);
            for (var i = 1; i < 377; i++)
            {
                await socket.ReceiveBytesAsync();
            }

            await FinishedAsync(exchange);
            await socket.CloseAsync();      // it was open to the end, and nothing but the recording came
        }
    }

    [Test]
    public async Task SnapshotAmongTheFramesIsAnsweredByRestOnly()
    {
        await using var exchange = await StartAsync("binance", PlaybackSpeed.Max, "binance/btcusdt_20240808.txt.gz");
        var text = Encoding.UTF8.GetString(RecordedFiles.Bytes(CaptureFolder.File("binance/btcusdt_20240808.txt.gz")));
        var line = text.Split('\n')[7];
        var body = await exchange.Http.GetStringAsync(
            new Uri("/binance/api/v3/depth?symbol=BTCUSDT&limit=1000", UriKind.Relative));
        Assert.That(body, Is.EqualTo(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        using var unknown = await exchange.RequestAsync("/binance/api/v3/depth?symbol=ETHUSDT");
        Assert.That((int)unknown.StatusCode, Is.EqualTo(404));
        var made = await exchange.GetAsync("/binance/api/v3/exchangeInfo");
        var symbol = made.GetProperty("symbols").EnumerateArray().Single();
        Assert.That(symbol.GetProperty("symbol").GetString(), Is.EqualTo("BTCUSDT"));
        var filters = symbol.GetProperty("filters");
        Assert.That(filters[0].GetProperty("tickSize").GetString(), Is.EqualTo("0.01000000"));
        Assert.That(filters[1].GetProperty("stepSize").GetString(), Is.EqualTo("0.00000100"), "the finest shown");
    }

    [Test]
    public async Task RestBodiesAreTheRecordedOnes()
    {
        string[] binance = ["binance/BINANCE.0.gz", "binance/BINANCE.http.0.0", "binance/BINANCE.ws.1.0"];
        await using (var exchange = await StartAsync("binance", PlaybackSpeed.Max, binance))
        {
            var book = await exchange.GetAsync("/binance/api/v3/depth?symbol=LRCBTC&limit=1000");
            Assert.That(book.GetProperty("lastUpdateId").GetInt64(), Is.EqualTo(259345543));
            var symbols = await exchange.GetAsync("/binance/api/v3/exchangeInfo");
            Assert.That(symbols.GetProperty("symbols").GetArrayLength(), Is.EqualTo(1695));
        }

        string[] bitstamp = ["bitstamp/BITSTAMP.0", "bitstamp/BITSTAMP.http.0.0", "bitstamp/BITSTAMP.ws.1.0"];
        await using (var exchange = await StartAsync("bitstamp", PlaybackSpeed.Max, bitstamp))
        {
            var book = await exchange.GetAsync("/bitstamp/api/v2/order_book/xrpeur/?group=1");
            Assert.That(book.GetProperty("microtimestamp").GetString(), Is.EqualTo("1641343694033567"));
            var pairs = await exchange.GetAsync("/bitstamp/api/v2/trading-pairs-info/");
            Assert.That(pairs[0].GetProperty("description").GetString(), Is.EqualTo("Bitcoin / U.S. dollar"));
            var markets = await exchange.GetAsync("/bitstamp/api/v2/markets/");
            var made = markets.EnumerateArray()
                .Single(market => market.GetProperty("market_symbol").ValueEquals("ethusd"));
            Assert.That(made.GetProperty("counter_decimals").GetInt32(), Is.EqualTo(2));
        }

        await using (var exchange = await StartAsync("okx", PlaybackSpeed.Max, "okx/OKX.0.gz", "okx/OKX.ws.1.0"))
        {
            var spot = await exchange.GetAsync("/okx/api/v5/public/instruments?instType=SPOT");
            Assert.That(spot.GetProperty("data").GetArrayLength(), Is.EqualTo(513));
            var swaps = await exchange.GetAsync("/okx/api/v5/public/instruments?instType=SWAP");
            Assert.That(swaps.GetProperty("data").GetArrayLength(), Is.EqualTo(166));
        }

        await using (var exchange = await StartAsync("okx", PlaybackSpeed.Max, "okx/OKX.ws.1.0"))
        {
            var made = (await exchange.GetAsync("/okx/api/v5/public/instruments?instType=SPOT")).GetProperty("data")
                .EnumerateArray().Single(instrument => instrument.GetProperty("instId").ValueEquals("BTC-USDT"));
            Assert.That(made.GetProperty("tickSz").GetString(), Is.EqualTo("0.1"));
            Assert.That(made.GetProperty("lotSz").GetString(), Is.EqualTo("0.00000001"));
            Assert.That(made.GetProperty("quoteCcy").GetString(), Is.EqualTo("USDT"));
        }

        await using (var exchange = await StartAsync(
            "bitfinex", PlaybackSpeed.Max, "bitfinex/BITFINEX.0", "bitfinex/BITFINEX.ws.11.0"))
        {
            var listed = await exchange.GetAsync("/bitfinex/v2/conf/pub:list:pair:exchange");
            Assert.That(listed[0].GetArrayLength(), Is.GreaterThan(200));
        }

        await using (var exchange = await StartAsync("bitfinex", PlaybackSpeed.Max, "bitfinex/BITFINEX.ws.11.0"))
        {
            var made = await exchange.GetAsync("/bitfinex/v2/conf/pub:list:pair:exchange");
            Assert.That(
                made[0].EnumerateArray().Select(pair => pair.GetString()), Does.Contain("TESTBTC:TESTUSD"));
        }

        await using (var exchange = await StartAsync("kraken", PlaybackSpeed.Max, "kraken/kraken_btcusd_l2.cbcap"))
        {
            var pairs = await exchange.GetAsync("/kraken/0/public/AssetPairs");
            var pair = pairs.GetProperty("result").GetProperty("XXBTZUSD");
            Assert.That(pair.GetProperty("pair_decimals").GetInt32(), Is.EqualTo(1));
            Assert.That(pair.GetProperty("lot_decimals").GetInt32(), Is.EqualTo(8));
        }
    }

    [Test]
    public async Task FramesKeepTheirOwnTiming()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(new ExchangeOptions
        {
            Clock = clock,
            Playback = Recorded("kraken", PlaybackSpeed.Times(2), "kraken/kraken_btcusd_l2.cbcap"),
        });
        using var socket = await exchange.ConnectAsync("kraken", "/v2");
        await socket.SendAsync(KrakenSubscribe);
        await socket.ReceiveAsync();
        // Recorded 157.15 ms after the first frame: due after half of that.
        await WaitForTimerAsync(clock);
        var wait = (clock.NextDue - clock.GetUtcNow())!.Value.TotalMilliseconds;
        Assert.That(wait, Is.EqualTo(78.6).Within(1.0));
        clock.Advance(TimeSpan.FromMilliseconds(79));
        Assert.That((await socket.ReceiveAsync()).GetProperty("method").GetString(), Is.EqualTo("subscribe"));
        var status = await exchange.GetAsync("/playback/status");
        Assert.That(status.GetProperty("finished").GetBoolean(), Is.False);
        Assert.That(status.GetProperty("sent").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task HighSpeedShortensTheRecording()
    {
        await using var exchange = await StartAsync("kraken", PlaybackSpeed.Times(60), "kraken/kraken_btcusd_l2.cbcap");
        using var socket = await exchange.ConnectAsync("kraken", "/v2");
        await socket.SendAsync(KrakenSubscribe);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 377; i++)
        {
            await socket.ReceiveBytesAsync();
        }

        Assert.That(watch.Elapsed, Is.InRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(8)), "60 s at 60 times");
    }

    [Test]
    public async Task OtherVenuesCanBeSimulatedBeside()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Venues = ["all"],
            Playback = Recorded("kraken", PlaybackSpeed.Max, "kraken/kraken_btcusd_l2.cbcap"),
        });
        var book = await exchange.GetAsync("/binance/api/v3/depth?symbol=BTCUSDT&limit=5");
        Assert.That(book.GetProperty("bids").GetArrayLength(), Is.EqualTo(5));
        var status = await exchange.GetAsync("/playback/status");
        Assert.That(status.GetProperty("venue").GetString(), Is.EqualTo("kraken"));
    }

    [TestCase("what is this\n", "line 1: expected 'ts: body' or 'URL -> ts: body'")]
    [TestCase("1641343697.4: {}\nhttps://x.y/z => 1: {}\n", "line 2: expected 'URL -> ts: body'")]
    [TestCase("CBCAP1 kraken BTC/USD 1785552832693693000\n1 99\n{}\n", "line 2: expected 99 bytes of payload")]
    [TestCase("CBCAP1 kraken BTC/USD soon\n", "line 1: expected 'CBCAP1 venue symbol unix_ns'")]
    [TestCase("1723161253937085768 {}\nnot a stamp\n", "line 2: expected 'unix_ns payload'")]
    [TestCase("", "holds no websocket frame")]
    public async Task BrokenRecordingIsNamedWithItsLine(string content, string error)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"broken-{Guid.NewGuid():N}.txt");
        File.WriteAllText(file, content);
        try
        {
            await Assert.ThatAsync(
                () => ExchangeHost.StartAsync(new ExchangeOptions
                {
                    Playback = new PlaybackOptions { Files = [file], Venue = "kraken" },
                }),
                Throws.TypeOf<ExchangeConfigurationException>()
                    .With.Message.Contains(file).And.Message.Contains(error));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task WaitForTimerAsync(ManualTime clock)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (clock.NextDue is null)
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static PlaybackOptions Recorded(string venue, PlaybackSpeed speed, params string[] files) => new()
    {
        Files = [.. files.Select(CaptureFolder.File)],
        Venue = venue,
        Speed = speed,
    };

    private static Task<TestExchange> StartAsync(string venue, PlaybackSpeed speed, params string[] files) =>
        TestExchange.StartAsync(new ExchangeOptions { Playback = Recorded(venue, speed, files) });

    private static async Task<JsonElement> FinishedAsync(TestExchange exchange)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var status = await exchange.GetAsync("/playback/status");
            if (status.GetProperty("finished").GetBoolean())
            {
                return status;
            }

            await Task.Delay(10, patience.Token);
        }
    }
}
