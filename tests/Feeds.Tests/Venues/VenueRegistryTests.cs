using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Feeds.Venues.Bitfinex;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Venues;

public sealed class VenueRegistryTests
{
    [Test]
    public void NamesAreDistinctAndFoundInAnyCase()
    {
        Assert.That(
            VenueRegistry.Names,
            Is.EqualTo(
                "binance, bitstamp, coinbase, coinbase_advanced, kraken, okx, bybit, kucoin, gateio, "
                + "bitfinex, cryptocom"));
        foreach (var venue in VenueRegistry.All)
        {
            Assert.That(VenueRegistry.TryFind($" {venue.Profile.Name.ToUpperInvariant()} ", out var found), Is.True);
            Assert.That(found, Is.SameAs(venue));
            Assert.That(venue.Profile.LiveSocket.Scheme, Is.EqualTo("wss"));
            Assert.That(venue.Profile.LiveRest.Scheme, Is.EqualTo("https"));
            Assert.That(venue.Profile.Depths, Is.Ordered);
            Assert.That(
                venue.Profile.DefaultDepth == 0 || venue.Profile.Depths.Contains(venue.Profile.DefaultDepth), Is.True);
            Assert.That(venue.Profile.DataTerms, Is.Not.Empty);
        }

        Assert.That(VenueRegistry.TryFind("Gate", out var gate), Is.True);
        Assert.That(gate.Profile.Name, Is.EqualTo("gateio"));
        Assert.That(VenueRegistry.TryFind("binanc", out _), Is.False);
        Assert.That(VenueRegistry.TryFind("", out _), Is.False);
    }

    [TestCase("binance", "BTCUSDT", "/stream?streams=btcusdt@depth@100ms/ethusdt@depth@100ms", "")]
    [TestCase("bitstamp", "btcusdt", "",
        """{"event":"bts:subscribe","data":{"channel":"diff_order_book_btcusdt"}} {"event":"bts:subscribe","data":{"channel":"diff_order_book_ethusdt"}}""")]
    [TestCase("coinbase", "BTC-USDT", "",
        """{"type":"subscribe","product_ids":["BTC-USDT"],"channels":["level2_batch","heartbeat"]} {"type":"subscribe","product_ids":["ETH-USDT"],"channels":["level2_batch","heartbeat"]}""")]
    [TestCase("coinbase_advanced", "BTC-USDT", "",
        """{"type":"subscribe","product_ids":[],"channel":"heartbeats"} {"type":"subscribe","product_ids":["BTC-USDT"],"channel":"level2"} {"type":"subscribe","product_ids":["ETH-USDT"],"channel":"level2"}""")]
    [TestCase("kraken", "BTC/USDT", "/v2",
        """{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USDT","ETH/USDT"],"depth":100}}""")]
    [TestCase("okx", "BTC-USDT", "/ws/v5/public",
        """{"op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"},{"channel":"books","instId":"ETH-USDT"}]}""")]
    [TestCase("bybit", "BTCUSDT", "/v5/public/spot",
        """{"req_id":"BTCUSDT","op":"subscribe","args":["orderbook.50.BTCUSDT"]} {"req_id":"ETHUSDT","op":"subscribe","args":["orderbook.50.ETHUSDT"]}""")]
    [TestCase("kucoin", "BTC-USDT", "",
        """{"id":"BTC-USDT","type":"subscribe","topic":"/market/level2:BTC-USDT","privateChannel":false,"response":true} {"id":"ETH-USDT","type":"subscribe","topic":"/market/level2:ETH-USDT","privateChannel":false,"response":true}""")]
    [TestCase("gateio", "BTC_USDT", "/ws/v4/",
        """{"time":0,"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"]} {"time":0,"channel":"spot.obu","event":"subscribe","payload":["ob.ETH_USDT.50"]}""")]
    [TestCase("bitfinex", "tBTCUST", "/ws/2",
        """{"event":"conf","flags":196608} {"event":"subscribe","channel":"book","symbol":"tBTCUST","prec":"P0","freq":"F0","len":"100"} {"event":"subscribe","channel":"book","symbol":"tETHUST","prec":"P0","freq":"F0","len":"100"}""")]
    [TestCase("cryptocom", "BTC_USDT", "/exchange/v1/market",
        """{"id":1,"method":"subscribe","params":{"channels":["book.BTC_USDT.50"],"book_subscription_type":"SNAPSHOT_AND_UPDATE","book_update_frequency":10},"nonce":0} {"id":2,"method":"subscribe","params":{"channels":["book.ETH_USDT.50"],"book_subscription_type":"SNAPSHOT_AND_UPDATE","book_update_frequency":10},"nonce":0}""")]
    public void SubscriptionIsWhatTheVenueDocuments(string name, string symbol, string path, string frames)
    {
        VenueRegistry.TryFind(name, out var venue);
        string[] symbols = [venue.SymbolOf(Pair.Parse("BTC/USDT")), venue.SymbolOf(Pair.Parse("ETH/USDT"))];
        var options = new SubscriptionOptions();

        Assert.That(symbols[0], Is.EqualTo(symbol));
        Assert.That(venue.SocketPath(symbols, options), Is.EqualTo(path));
        Assert.That(string.Join(' ', AtTimeZero(venue.Subscribe(symbols, options))), Is.EqualTo(frames));
    }

    [Test]
    public void ChoicesOfASubscriptionAreAskedFor()
    {
        VenueRegistry.TryFind("binance", out var binance);
        VenueRegistry.TryFind("bitstamp", out var bitstamp);
        VenueRegistry.TryFind("kraken", out var kraken);
        var options = new SubscriptionOptions { Depth = 10, CrossCheck = true, WholeBooks = true };

        Assert.Multiple(() =>
        {
            Assert.That(
                binance.SocketPath(["BTCUSDT"], options),
                Is.EqualTo("/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker"));
            Assert.That(binance.SnapshotPath("BTCUSDT", options), Is.EqualTo("/api/v3/depth?symbol=BTCUSDT&limit=10"));
            Assert.That(binance.SnapshotPath("BTCUSDT", new SubscriptionOptions()), Does.EndWith("&limit=1000"));
            Assert.That(bitstamp.Subscribe(["btcusd"], options).Single(), Does.Contain("\"order_book_btcusd\""));
            Assert.That(bitstamp.SnapshotPath("btcusd", options), Is.EqualTo("/api/v2/order_book/btcusd/?group=1"));
            Assert.That(kraken.SnapshotPath("BTC/USD", options), Is.Empty);
            Assert.That(kraken.Resubscribe("BTC/USD", options), Is.EqualTo(new[]
            {
                """{"method":"unsubscribe","params":{"channel":"book","symbol":["BTC/USD"],"depth":10}}""",
                """{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USD"],"depth":10}}""",
            }));
            Assert.That(binance.Resubscribe("BTCUSDT", options), Is.Empty);
        });
    }

    [TestCase("okx", """{"op":"unsubscribe","args":[{"channel":"books","instId":"A-B"}]}""",
        """{"op":"subscribe","args":[{"channel":"books","instId":"A-B"}]}""")]
    [TestCase("bybit", """{"req_id":"A-B","op":"unsubscribe","args":["orderbook.200.A-B"]}""",
        """{"req_id":"A-B","op":"subscribe","args":["orderbook.200.A-B"]}""")]
    [TestCase("coinbase", """{"type":"unsubscribe","product_ids":["A-B"],"channels":["level2_batch"]}""",
        """{"type":"subscribe","product_ids":["A-B"],"channels":["level2_batch"]}""")]
    [TestCase("coinbase_advanced", """{"type":"unsubscribe","product_ids":["A-B"],"channel":"level2"}""",
        """{"type":"subscribe","product_ids":["A-B"],"channel":"level2"}""")]
    [TestCase("bitfinex",
        """{"event":"subscribe","channel":"book","symbol":"A-B","prec":"P0","freq":"F0","len":"200"}""")]
    [TestCase("cryptocom", """{"id":1,"method":"unsubscribe","params":{"channels":["book.A-B.200"]},"nonce":0}""",
        """{"id":2,"method":"subscribe","params":{"channels":["book.A-B.200"],"book_subscription_type":"SNAPSHOT_AND_UPDATE","book_update_frequency":10},"nonce":0}""")]
    public void ResyncIsToSubscribeAnew(string name, params string[] frames)
    {
        VenueRegistry.TryFind(name, out var venue);

        Assert.That(AtTimeZero(venue.Resubscribe("A-B", new SubscriptionOptions { Depth = 200 })), Is.EqualTo(frames));
        Assert.That(venue.SnapshotPath("A-B", new SubscriptionOptions()), Is.Empty);
    }

    [Test]
    public void ChannelThatTheVenueNumberedIsLeftByItsNumber()
    {
        Assert.That(
            BitfinexDialect.Resubscribe("tBTCUSD", new SubscriptionOptions(), 232_957).First(),
            Is.EqualTo("""{"event":"unsubscribe","chanId":232957}"""));
        Assert.That(
            BitfinexDialect.Resubscribe("tBTCUSD", new SubscriptionOptions(), 0).Single(),
            Does.Contain("\"subscribe\""));
    }

    [TestCase("BTC/USD", "tBTCUSD")]
    [TestCase("ETH/USDC", "tETHUDC")]
    [TestCase("AVAX/USD", "tAVAX:USD")]
    [TestCase("BTC/EURQ", "tBTC:EURQ")]
    [TestCase("DASH/BTC", "tDSHBTC")]
    public void BitfinexSpellsPairsInCodesOfItsOwn(string pair, string symbol)
    {
        VenueRegistry.TryFind("bitfinex", out var venue);

        Assert.That(venue.SymbolOf(Pair.Parse(pair)), Is.EqualTo(symbol));
    }

    [Test]
    public void ManyCryptocomBooksShareRequests()
    {
        VenueRegistry.TryFind("cryptocom", out var venue);
        var symbols = Enumerable.Range(0, 250).Select(index => $"A{index}_B").ToArray();
        var frames = venue.Subscribe(symbols, new SubscriptionOptions { Depth = 10 }).ToArray();

        Assert.That(frames, Has.Length.EqualTo(3));
        Assert.That(frames[2].Split("\"book.").Length - 1, Is.EqualTo(50));
        Assert.That(venue.Subscribe(symbols[..40], new SubscriptionOptions()).Count(), Is.EqualTo(40));
    }

    [Test]
    public void LongListOfSymbolsIsAskedForInRequestsThatTheVenueTakes()
    {
        VenueRegistry.TryFind("okx", out var okx);
        var symbols = Enumerable.Range(0, 1_200).Select(number => $"LONGNAME{number}-LONGNAME").ToArray();
        var frames = okx.Subscribe(symbols, new SubscriptionOptions()).ToArray();

        Assert.That(frames, Has.Length.EqualTo(3));
        Assert.That(frames.Max(frame => frame.Length), Is.LessThan(64 * 1024));
        var all = string.Concat(frames);
        Assert.That(symbols.All(symbol => all.Contains($"\"{symbol}\"", StringComparison.Ordinal)), Is.True);
    }

    [TestCase("coinbase", 3, 3)]
    [TestCase("coinbase", 50, 50)]
    [TestCase("coinbase", 1_000, 50)]
    [TestCase("coinbase_advanced", 3, 4)]
    [TestCase("coinbase_advanced", 1_000, 7)]
    public void ProductsAreAskedForOneByOneAsLongAsTheVenueTakesSoManyRequests(string name, int count, int requests)
    {
        VenueRegistry.TryFind(name, out var venue);
        var symbols = Enumerable.Range(0, count).Select(number => $"A{number}-USD").ToArray();
        var frames = venue.Subscribe(symbols, new SubscriptionOptions()).ToArray();

        Assert.That(frames, Has.Length.EqualTo(requests));
        var all = string.Concat(frames);
        Assert.That(symbols.All(symbol => all.Contains($"\"{symbol}\"", StringComparison.Ordinal)), Is.True);
        Assert.That(all, Does.Contain("heartbeat"));
    }

    [TestCase("okx", "ping", 20)]
    [TestCase("bybit", """{"op":"ping"}""", 20)]
    [TestCase("bitfinex", """{"event":"ping","cid":1}""", 0)]
    [TestCase("cryptocom", "", 0)]
    [TestCase("binance", "", 0)]
    [TestCase("bitstamp", "", 0)]
    [TestCase("kraken", "", 0)]
    public void StayingAliveIsDoneInTheVenuesWords(string name, string frame, int seconds)
    {
        VenueRegistry.TryFind(name, out var venue);

        Assert.That(venue.KeepAlive(1_700_000_000_000), Is.EqualTo(frame));
        Assert.That(venue.Profile.KeepAliveEvery, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public void GateioDepthChoosesTheChannel()
    {
        VenueRegistry.TryFind("gateio", out var venue);
        var older = new SubscriptionOptions { Depth = 100 };
        var deep = new SubscriptionOptions { Depth = 400 };

        Assert.Multiple(() =>
        {
            Assert.That(AtTimeZero(venue.Subscribe(["A_B"], older)), Is.EqualTo(new[]
            {
                """{"time":0,"channel":"spot.order_book_update","event":"subscribe","payload":["A_B","100ms"]}""",
            }));
            Assert.That(venue.SourceOf(older), Is.EqualTo(SnapshotSource.Rest));
            Assert.That(venue.WindowOf(older), Is.Zero);
            Assert.That(venue.Resubscribe("A_B", older), Is.Empty);
            Assert.That(
                venue.SnapshotPath("A_B", older),
                Is.EqualTo("/api/v4/spot/order_book?currency_pair=A_B&limit=100&with_id=true"));
            Assert.That(venue.SourceOf(deep), Is.EqualTo(SnapshotSource.Socket));
            Assert.That(venue.WindowOf(deep), Is.EqualTo(400));
            Assert.That(venue.WindowOf(new SubscriptionOptions()), Is.EqualTo(50));
            Assert.That(AtTimeZero(venue.Resubscribe("A_B", deep)), Is.EqualTo(new[]
            {
                """{"time":0,"channel":"spot.obu","event":"unsubscribe","payload":["ob.A_B.400"]}""",
                """{"time":0,"channel":"spot.obu","event":"subscribe","payload":["ob.A_B.400"]}""",
            }));
        });
    }

    [Test]
    public void KuCoinSubscriptionsStayWithinTheVenuesLimits()
    {
        VenueRegistry.TryFind("kucoin", out var venue);
        var options = new SubscriptionOptions { CrossCheck = true, Depth = 20 };
        var few = Enumerable.Range(0, 40).Select(index => $"A{index}-B").ToArray();
        var many = Enumerable.Range(0, 250).Select(index => $"A{index}-B").ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(venue.Subscribe(few, options).Count(), Is.EqualTo(80));
            Assert.That(venue.Subscribe(few, options).ElementAt(1), Does.Contain("\"/market/ticker:A0-B\""));
            Assert.That(venue.Subscribe(many, options).Count(), Is.EqualTo(6), "100, 100 and 50, twice");
            Assert.That(
                venue.Subscribe(many, options).Max(frame => frame.Split(',').Count(part => part.Contains("-B"))),
                Is.EqualTo(100));
            Assert.That(
                venue.SnapshotPath("A-B", options), Is.EqualTo("/api/v1/market/orderbook/level2_20?symbol=A-B"));
            Assert.That(venue.SnapshotPath("A-B", new SubscriptionOptions()), Does.Contain("level2_100"));
            Assert.That(
                venue.SymbolOf(Pair.Parse("BSV/USDT")), Is.EqualTo("BCHSV-USDT"), "the code it was listed with");
        });
    }

    [TestCase("okx", "https://x/api/v5/public/instruments?instType=SWAP", RestRecord.Instruments, "")]
    [TestCase("okx", "https://x/api/v5/market/books?instId=BTC-USDT", RestRecord.Other, "")]
    [TestCase("bybit", "https://x/v5/market/instruments-info?category=spot", RestRecord.Instruments, "")]
    [TestCase("bybit", "https://x/v5/market/orderbook?symbol=BTCUSDT", RestRecord.Other, "")]
    [TestCase("kucoin", "https://x/api/v2/symbols", RestRecord.Instruments, "")]
    [TestCase("kucoin", "https://x/api/v1/symbols", RestRecord.Instruments, "")]
    [TestCase("kucoin", "https://x/api/v3/market/orderbook/level2?symbol=A-B", RestRecord.Snapshot, "A-B")]
    [TestCase("kucoin", "https://x/api/v1/market/orderbook/level2_100?symbol=A-B", RestRecord.Snapshot, "A-B")]
    [TestCase("kucoin", "https://x/api/v1/bullet-public", RestRecord.Other, "")]
    [TestCase("gateio", "https://x/api/v4/spot/currency_pairs", RestRecord.Instruments, "")]
    [TestCase("gateio", "https://x/api/v4/spot/order_book?limit=5&currency_pair=A_B", RestRecord.Snapshot, "A_B")]
    [TestCase("gateio", "https://x/api/v4/spot/tickers?currency_pair=A_B", RestRecord.Other, "")]
    [TestCase("bitfinex", "https://x/v2/conf/pub:list:pair:exchange", RestRecord.Instruments, "")]
    [TestCase("bitfinex", "https://x/v2/conf/pub:list:pair:future", RestRecord.Other, "")]
    [TestCase("bitfinex", "https://x/v2/book/tBTCUSD/P0", RestRecord.Other, "")]
    [TestCase("cryptocom", "https://x/exchange/v1/public/get-instruments", RestRecord.Instruments, "")]
    [TestCase("cryptocom", "https://x/exchange/v1/public/get-book?instrument_name=BTC_USD", RestRecord.Other, "")]
    [TestCase("binance", "https://x/api/v3/exchangeInfo?a=b", RestRecord.Instruments, "")]
    [TestCase("binance", "https://x/api/v3/depth?limit=5&symbol=BTCUSDT", RestRecord.Snapshot, "BTCUSDT")]
    [TestCase("binance", "https://x/api/v3/depth", RestRecord.Snapshot, "")]
    [TestCase("binance", "https://x/api/v3/time", RestRecord.Other, "")]
    [TestCase("bitstamp", "https://x/api/v2/trading-pairs-info/", RestRecord.Instruments, "")]
    [TestCase("bitstamp", "https://x/api/v2/order_book/btcusd/?group=1", RestRecord.Snapshot, "btcusd")]
    [TestCase("bitstamp", "https://x/api/v2/order_book/btcusd", RestRecord.Snapshot, "btcusd")]
    [TestCase("bitstamp", "https://x/api/v2/ticker/btcusd", RestRecord.Other, "")]
    [TestCase("coinbase", "https://api.pro.coinbase.com/products", RestRecord.Instruments, "")]
    [TestCase("coinbase", "https://x/products/BTC-USD/book?level=2", RestRecord.Other, "")]
    [TestCase("coinbase_advanced", "https://x/api/v3/brokerage/market/products", RestRecord.Instruments, "")]
    [TestCase("coinbase_advanced", "https://x/api/v3/brokerage/time", RestRecord.Other, "")]
    [TestCase("kraken", "https://x/0/public/AssetPairs", RestRecord.Instruments, "")]
    [TestCase("kraken", "https://x/0/public/Depth?pair=XBTUSD", RestRecord.Other, "")]
    public void RecordedAddressSaysWhatItServes(string name, string address, RestRecord expected, string expectedSymbol)
    {
        VenueRegistry.TryFind(name, out var venue);

        Assert.That(venue.Classify(new Uri(address), out var symbol), Is.EqualTo(expected));
        Assert.That(symbol, Is.EqualTo(expectedSymbol));
    }

    private static readonly TestCaseData[] Lists =
    [
        new("binance", """{"symbols":[{"symbol":"BTCUSDT","filters":[{"filterType":"LOT_SIZE","stepSize":"0.00001000"},{"filterType":"X"},{"filterType":"PRICE_FILTER","tickSize":"0.01000000"}]},{"symbol":"A","filters":[]}]}""",
            new Precision[] { new("BTCUSDT", 2, 5), new("A", 0, 0) }),
        new("bitstamp", """[{"url_symbol":"btcusd","base_decimals":8,"counter_decimals":2}]""",
            new Precision[] { new("btcusd", 2, 8) }),
        new("coinbase", """[{"id":"BTC-USD","quote_increment":"0.01","base_increment":"0.00000001","status":"online"},{"id":"A-B","quote_increment":"1","base_increment":"10"}]""",
            new Precision[] { new("BTC-USD", 2, 8), new("A-B", 0, 0) }),
        new("coinbase_advanced", """{"products":[{"product_id":"BTC-USD","price_increment":"0.01","quote_increment":"0.001","base_increment":"0.00000001"},{"product_id":"A-B","quote_increment":"0.1","base_increment":"1"}],"num_products":2}""",
            new Precision[] { new("BTC-USD", 2, 8), new("A-B", 1, 0) }),
        new("kraken", """{"error":[],"result":{"XXBTZUSD":{"wsname":"XBT/USD","pair_decimals":1,"lot_decimals":8},"X":{"altname":"dark"},"D":{"wsname":"XDG/USD","pair_decimals":7,"lot_decimals":8}}}""",
            new Precision[] { new("BTC/USD", 1, 8), new("DOGE/USD", 7, 8) }),
        new("okx", """{"code":"0","data":[{"instId":"BTC-USDT","tickSz":"0.1","lotSz":"0.00000001"},{"instId":"NEW-USDT","tickSz":"","lotSz":""},{"instId":"A-B","tickSz":"1","lotSz":"10"}],"msg":""}""",
            new Precision[] { new("BTC-USDT", 1, 8), new("A-B", 0, 0) }),
        new("bybit", """{"retCode":0,"result":{"category":"spot","list":[{"symbol":"BTCUSDT","lotSizeFilter":{"basePrecision":"0.000001"},"priceFilter":{"tickSize":"0.01"}}]},"time":1}""",
            new Precision[] { new("BTCUSDT", 2, 6) }),
        new("kucoin", """{"code":"200000","data":[{"symbol":"BCHSV-USDT","name":"BSV-USDT","priceIncrement":"0.001","baseIncrement":"0.00000001"},{"symbol":"X-Y","priceIncrement":"1","baseIncrement":"0.0100"}]}""",
            new Precision[] { new("BCHSV-USDT", 3, 8), new("X-Y", 0, 2) }),
        new("gateio", """[{"id":"IHT_ETH","base":"IHT","quote":"ETH","amount_precision":1,"precision":9}]""",
            new Precision[] { new("IHT_ETH", 9, 1) }),
        new("bitfinex", """[["BTCUSD","AVAX:USD"]]""",
            new Precision[] { new("tBTCUSD", 0, 8), new("tAVAX:USD", 0, 8) }),
        new("cryptocom", """{"id":-1,"code":0,"result":{"data":[{"symbol":"BTC_USD","price_tick_size":"0.01","qty_tick_size":"0.00001"},{"symbol":"A_B","price_tick_size":1e-7,"qty_tick_size":"10"}]}}""",
            new Precision[] { new("BTC_USD", 2, 5), new("A_B", 7, 0) }),
    ];

    [TestCaseSource(nameof(Lists))]
    public void ListOfInstrumentsIsRead(string name, string body, Precision[] expected)
    {
        VenueRegistry.TryFind(name, out var venue);

        Assert.That(venue.ReadInstruments(Encoding.UTF8.GetBytes(body)), Is.EqualTo(expected));
    }

    /// <summary>Whatever a venue answers, the only exception is the one that the connection expects.</summary>
    [TestCaseSource(nameof(Lists))]
    public void EveryDamagedListIsRefusedWithAFormatException(string name, string body, Precision[] expected)
    {
        VenueRegistry.TryFind(name, out var venue);
        var bodies = new List<string>
        {
            "", "null", "5", "[]", "{}", "[5]", "[[]]",
            "{\"symbols\":5}", "{\"symbols\":[5]}", "{\"result\":[]}", "{\"result\":{\"x\":5}}",
        };
        bodies.AddRange(Enumerable.Range(0, body.Length).Select(cut => body[..cut]));
        var replaced = new[]
        {
            "8", "\"0.01000000\"", "\"X\"", "\"BTCUSDT\"", "\"btcusd\"", "\"XBT/USD\"",
            "\"filters\"", "\"wsname\"", "\"symbol\"", "base_decimals", "\"tickSz\"", "\"0.1\"", "\"0.00000001\"",
            "\"instId\"", "\"list\"", "\"priceFilter\"", "\"0.01\"", "\"BTC-USDT\"",
        };
        foreach (var old in replaced)
        {
            bodies.AddRange(new[] { "null", "[]", "\"x\"", "1.5", "99999999999999999999" }
                .Select(other => body.Replace(old, other, StringComparison.Ordinal)));
        }

        foreach (var damaged in bodies.Where(text => text != body))
        {
            try
            {
                _ = venue.ReadInstruments(Encoding.UTF8.GetBytes(damaged)).ToArray();
            }
            catch (FormatException e)
            {
                Assert.That(e.Message, Is.Not.Empty);
            }
        }

        Assert.That(expected, Is.Not.Empty);
    }

    /// <summary>Gate and Crypto.com want the time in each request.</summary>
    private static IEnumerable<string> AtTimeZero(IEnumerable<string> frames) =>
        frames.Select(frame => Regex.Replace(frame, "\"(time|nonce)\":\\d+", "\"$1\":0"));
}
