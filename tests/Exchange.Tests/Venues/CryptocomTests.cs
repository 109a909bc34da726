using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.Cryptocom;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class CryptocomTests
{
    private const string Path = "/exchange/v1/market";

    private static readonly CryptocomSettings Quick = new() { SnapshotDelay = TimeSpan.FromMilliseconds(20) };

    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync(TestExchange.Fast() with
    {
        Instruments = ["BTC/USDT", "ETH/USD", "PEPE/USD"],
        Cryptocom = Quick,
    });

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [TestCase(10, 10)]
    [TestCase(50, 100)]
    public async Task ChainHoldsAndTheVenueKeepsTheWindow(int depth, int frequency)
    {
        using var socket = await _exchange.ConnectAsync("cryptocom", Path);
        await socket.SendAsync(Subscribe(frequency, $"book.BTC_USDT.{depth}", $"book.PEPE_USD.{depth}"));
        var books = new Dictionary<string, TestBook>();
        var ids = new Dictionary<string, long>();
        var jumped = 0;
        for (var message = 0; message < 200; message++)
        {
            var result = (await socket.ReceiveAsync(IsBook)).GetProperty("result");
            var symbol = result.GetProperty("instrument_name").GetString()!;
            var data = result.GetProperty("data")[0];
            var id = data.GetProperty("u").GetInt64();
            var sides = data;
            if (result.GetProperty("channel").ValueEquals("book"))
            {
                books.Add(symbol, new TestBook());
                Assert.That(data.TryGetProperty("pu", out _), Is.False);
            }
            else
            {
                Assert.That(data.GetProperty("pu").GetInt64(), Is.EqualTo(ids[symbol]));
                jumped += id > ids[symbol] + 1 ? 1 : 0;
                sides = data.GetProperty("update");
            }

            ids[symbol] = id;
            Assert.That(data.TryGetProperty("cs", out _), Is.True);
            books[symbol].Apply(sides.GetProperty("bids"), sides.GetProperty("asks"));
            Assert.That(books[symbol].IsCrossed, Is.False);
            Assert.That((books[symbol].Bids.Count, books[symbol].Asks.Count), Is.EqualTo((depth, depth)));
        }

        Assert.That(books, Has.Count.EqualTo(2));
        Assert.That(jumped, Is.GreaterThan(50));
    }

    [Test]
    public async Task RowsAreThreeTextsAtFullPrecisionAndAPlainZeroDeletes()
    {
        using var socket = await _exchange.ConnectAsync("cryptocom", Path);
        await socket.SendAsync(Subscribe(10, "book.ETH_USD.50"));
        var deleted = 0;
        for (var message = 0; message < 60; message++)
        {
            var result = (await socket.ReceiveAsync(IsBook)).GetProperty("result");
            var data = result.GetProperty("data")[0];
            var sides = data.TryGetProperty("update", out var update) ? update : data;
            foreach (var row in sides.GetProperty("bids").EnumerateArray()
                .Concat(sides.GetProperty("asks").EnumerateArray()))
            {
                var texts = row.EnumerateArray().Select(text => text.GetString()!).ToArray();
                Assert.That(texts, Has.Length.EqualTo(3));
                Assert.That(texts[0], Does.Match(@"^[1-9]\d*\.\d\d$"));
                Assert.That(texts[1], Does.Match(@"^(0|\d+\.\d{4})$"));
                Assert.That(texts[2] == "0", Is.EqualTo(texts[1] == "0"), "a level that is gone has no orders");
                deleted += texts[1] == "0" ? 1 : 0;
            }
        }

        Assert.That(deleted, Is.GreaterThan(10));
    }

    [Test]
    public async Task WholeBooksComeWhenNothingElseIsAskedFor()
    {
        using var socket = await _exchange.ConnectAsync("cryptocom", Path);
        await socket.SendAsync("""{"id":1,"method":"subscribe","params":{"channels":["book.BTC_USDT.150"]}}""");
        for (var push = 0; push < 5; push++)
        {
            var result = (await socket.ReceiveAsync(IsBook)).GetProperty("result");
            Assert.That(result.GetProperty("channel").GetString(), Is.EqualTo("book"));
            Assert.That(result.GetProperty("data")[0].GetProperty("asks").GetArrayLength(), Is.EqualTo(150));
        }
    }

    [Test]
    public async Task SnapshotWaitsAndQuietBooksGiveSignsOfLife()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast(rate: 0.0001) with { Clock = clock });
        using var socket = await exchange.ConnectAsync("cryptocom", Path);
        var answer = await socket.AskAsync(Subscribe(10, "book.BTC_USDT.50"));
        Assert.That(
            answer.GetRawText(), Is.EqualTo("""{"id":1,"method":"subscribe","code":0,"channel":"book.BTC_USDT.50"}"""));
        clock.Advance(TimeSpan.FromMilliseconds(1_100));
        var snapshot = await socket.ReceiveAsync();
        Assert.That(snapshot.GetProperty("id").GetInt64(), Is.EqualTo(-1));
        var id = snapshot.GetProperty("result").GetProperty("data")[0].GetProperty("u").GetInt64();
        clock.Advance(TimeSpan.FromSeconds(6));
        var idle = (await socket.ReceiveAsync(IsBook)).GetProperty("result").GetProperty("data")[0];
        Assert.That(idle.GetProperty("u").GetInt64(), Is.EqualTo(id));
        Assert.That(idle.GetProperty("pu").GetInt64(), Is.EqualTo(id));
        Assert.That(idle.GetProperty("update").GetProperty("bids").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task HeartbeatsThatAreNotAnsweredEndTheConnection()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast(rate: 0.0001) with { Clock = clock });
        using var polite = await exchange.ConnectAsync("cryptocom", Path);
        using var silent = await exchange.ConnectAsync("cryptocom", Path);
        for (var beat = 0; beat < 4; beat++)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            var heartbeat = await polite.ReceiveAsync();
            Assert.That(heartbeat.GetProperty("method").GetString(), Is.EqualTo("public/heartbeat"));
            await polite.SendAsync(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":{{heartbeat.GetProperty("id").GetInt64()}},"method":"public/respond-heartbeat"}"""));
            await polite.AskAsync("""{"id":5,"method":"unsubscribe","params":{"channels":[]}}""");   // it has arrived
        }

        await silent.DrainAsync();
        Assert.That(silent.CloseStatus, Is.EqualTo(WebSocketCloseStatus.NormalClosure));
    }

    [TestCase("book.NO_PE.50", 10, "Unknown symbol")]
    [TestCase("book.BTC_USDT.20", 10, "Invalid depth")]
    [TestCase("book.BTC_USDT.150", 10, "Unsupported depth/interval combination")]
    [TestCase("book.BTC_USDT.50", 50, "Unsupported depth/interval combination")]
    [TestCase("nope.BTC_USDT", 10, "Unrecognized channel")]
    [TestCase("trade.NO_PE", 10, "Unknown symbol")]
    public async Task BadChannelIsRefusedByItself(string channel, int frequency, string words)
    {
        using var socket = await _exchange.ConnectAsync("cryptocom", Path);
        await socket.SendAsync("this is not JSON");
        await socket.SendAsync("[]");
        await socket.SendAsync(Subscribe(frequency, channel, "trade.BTC_USDT"));
        var refusal = await socket.ReceiveAsync();
        Assert.That(refusal.GetProperty("code").GetInt32(), Is.EqualTo(40_003));
        Assert.That(refusal.GetProperty("channel").GetString(), Is.EqualTo(channel));
        Assert.That(refusal.GetProperty("message").GetString(), Is.EqualTo(words));
        Assert.That((await socket.ReceiveAsync()).GetProperty("code").GetInt32(), Is.Zero, "the other channel");
    }

    [TestCase("""{"id":9,"method":"public/nope"}""", "No such method")]
    [TestCase("""{"id":9,"method":"subscribe"}""", "Invalid request")]
    [TestCase("""{"id":9,"method":"subscribe","params":{"channels":5}}""", "Invalid request")]
    [TestCase("""{"id":9,"method":"subscribe","params":{"channels":["book.BTC_USDT.50"],"book_subscription_type":"NOPE"}}""", "Invalid book_subscription_type")]
    public async Task BadRequestIsRefused(string request, string words)
    {
        using var socket = await _exchange.ConnectAsync("cryptocom", Path);
        var answer = await socket.AskAsync(request);
        Assert.That(answer.GetProperty("id").GetInt64(), Is.EqualTo(9));
        Assert.That(answer.GetProperty("code").GetInt32(), Is.EqualTo(40_003));
        Assert.That(answer.GetProperty("message").GetString(), Is.EqualTo(words));
    }

    [Test]
    public async Task ResubscribeBringsANewSnapshotThatTheUpdatesContinue()
    {
        using var socket = await _exchange.ConnectAsync("cryptocom", Path);
        await socket.SendAsync(Subscribe(10, "book.ETH_USD.50"));
        await socket.ReceiveAsync(IsBook);
        await socket.SendAsync("""{"id":2,"method":"unsubscribe","params":{"channels":["book.ETH_USD.50"]}}""");
        await socket.ReceiveAsync(message =>
            message.GetProperty("method").ValueEquals("unsubscribe") && !message.TryGetProperty("channel", out _));
        await socket.SendAsync(Subscribe(10, "book.ETH_USD.50"));
        var snapshot = (await socket.ReceiveAsync(IsBook)).GetProperty("result");
        var update = (await socket.ReceiveAsync(IsBook)).GetProperty("result");
        Assert.That(snapshot.GetProperty("channel").GetString(), Is.EqualTo("book"));
        Assert.That(
            update.GetProperty("data")[0].GetProperty("pu").GetInt64(),
            Is.EqualTo(snapshot.GetProperty("data")[0].GetProperty("u").GetInt64()));
    }

    [Test]
    public async Task LimitsAreEnforced()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Cryptocom = new CryptocomSettings { RequestsPerSecond = 3, ChannelsPerSocket = 2 },
            Clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50)),
        });
        using var socket = await exchange.ConnectAsync("cryptocom", Path);
        await socket.SendAsync(Subscribe(10, "book.BTC_USDT.10", "book.BTC_USDT.50", "trade.BTC_USDT"));
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();
        var third = await socket.ReceiveAsync();
        Assert.That(third.GetProperty("code").GetInt32(), Is.EqualTo(40_107));
        Assert.That(third.TryGetProperty("channel", out _), Is.False);
        await socket.AskAsync("""{"id":2,"method":"x"}""");
        await socket.AskAsync("""{"id":3,"method":"x"}""");
        var fourth = await socket.AskAsync("""{"id":4,"method":"x"}""");
        Assert.That(fourth.GetProperty("code").GetInt32(), Is.EqualTo(42_901));
    }

    [Test]
    public async Task RestListsInstrumentsAndShowsBooks()
    {
        var list = (await _exchange.GetAsync("/cryptocom/exchange/v1/public/get-instruments")).GetProperty("result");
        var bitcoin = list.GetProperty("data")[0];
        Assert.That(bitcoin.GetProperty("symbol").GetString(), Is.EqualTo("BTC_USDT"));
        Assert.That(bitcoin.GetProperty("price_tick_size").GetString(), Is.EqualTo("0.01"));
        Assert.That(bitcoin.GetProperty("qty_tick_size").GetString(), Is.EqualTo("0.00001"));
        var book = (await _exchange.GetAsync(
            "/cryptocom/exchange/v1/public/get-book?instrument_name=BTC_USDT&depth=10")).GetProperty("result");
        Assert.That(book.GetProperty("data")[0].GetProperty("bids").GetArrayLength(), Is.EqualTo(10));
        using var unknown = await _exchange.RequestAsync(
            "/cryptocom/exchange/v1/public/get-book?instrument_name=NO_PE");
        using var deep = await _exchange.RequestAsync(
            "/cryptocom/exchange/v1/public/get-book?instrument_name=BTC_USDT&depth=151");
        Assert.That(((int)unknown.StatusCode, (int)deep.StatusCode), Is.EqualTo((400, 400)));
    }

    private static bool IsBook(JsonElement message) => message.TryGetProperty("result", out _);

    private static string Subscribe(int frequency, params string[] channels) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":1,"method":"subscribe","params":{"channels":["{{{string.Join("\",\"", channels)}}}"],"book_subscription_type":"SNAPSHOT_AND_UPDATE","book_update_frequency":{{{frequency}}}},"nonce":1}""");
}
