using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class KrakenTests
{
    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync(TestExchange.Fast() with
    {
        Instruments = ["BTC/USDT", "ETH/USDT", "PEPE/USD"],
    });

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [TestCase(10)]
    [TestCase(25)]
    [TestCase(1000)]
    public async Task EveryChecksumMatchesTheCutBook(int depth)
    {
        using var socket = await Connect();
        await Subscribe(socket, depth, "BTC/USDT", "PEPE/USD");
        var books = new Dictionary<string, TestBook>();
        var (updates, fellOff, trailingZeros) = (0, 0, false);
        while (updates < 1500)
        {
            var message = await socket.ReceiveAsync(message => IsBook(message));
            var data = message.GetProperty("data")[0];
            var symbol = data.GetProperty("symbol").GetString()!;
            if (message.GetProperty("type").ValueEquals("snapshot"))
            {
                books.Add(symbol, new TestBook());
            }

            var book = books[symbol];
            book.Apply(data.GetProperty("bids"), data.GetProperty("asks"));
            fellOff += book.Bids.Count > depth || book.Asks.Count > depth ? 1 : 0;
            book.Cut(depth);
            Assert.That(book.Checksum(), Is.EqualTo(data.GetProperty("checksum").GetUInt32()), message.GetRawText());
            Assert.That(book.IsCrossed, Is.False);
            trailingZeros |= book.Bids[0].Size.EndsWith('0');
            updates++;
        }

        Assert.That(books, Has.Count.EqualTo(2));
        Assert.That(trailingZeros, Is.True, "sizes with trailing zeros occur");
        if (depth < 100)
        {
            Assert.That(fellOff, Is.GreaterThan(20), "levels fall off the window without a delete");
        }
    }

    [Test]
    public async Task ShallowWindowEqualsTheTopOfADeepOne()
    {
        using var shallow = await Connect();
        using var deep = await Connect();
        await Subscribe(shallow, 10, "ETH/USDT");
        await Subscribe(deep, 500, "ETH/USDT");
        var seen = new Dictionary<uint, string>();
        var shallowBook = new TestBook();
        for (var i = 0; i < 600; i++)
        {
            await Apply(shallow, shallowBook, 10);
            seen[shallowBook.Checksum()] = Text(shallowBook);
        }

        var deepBook = new TestBook();
        var compared = 0;
        for (var i = 0; i < 900; i++)
        {
            await Apply(deep, deepBook, 500);
            if (seen.TryGetValue(deepBook.Checksum(), out var text))
            {
                Assert.That(Text(deepBook), Is.EqualTo(text));
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThan(100));
    }

    [Test]
    public async Task StatusComesFirst()
    {
        using var socket = await _exchange.ConnectAsync("kraken", "/v2");
        var status = await socket.ReceiveAsync();
        Assert.That(status.GetProperty("channel").GetString(), Is.EqualTo("status"));
        var id = status.GetProperty("data")[0].GetProperty("connection_id").GetUInt64();
        Assert.That(id, Is.GreaterThan(1UL << 53));
    }

    [Test]
    public async Task AcknowledgementsComePerSymbol()
    {
        using var socket = await Connect();
        await Subscribe(socket, 25, "BTC/USDT", "ETH/USDT");
        var first = await socket.ReceiveAsync(message => message.TryGetProperty("method", out _));
        var second = await socket.ReceiveAsync(message => message.TryGetProperty("method", out _));
        Assert.That(first.GetProperty("result").GetProperty("symbol").GetString(), Is.EqualTo("BTC/USDT"));
        Assert.That(second.GetProperty("result").GetProperty("symbol").GetString(), Is.EqualTo("ETH/USDT"));
        Assert.That(second.GetProperty("result").GetProperty("depth").GetInt32(), Is.EqualTo(25));
        Assert.That(second.GetProperty("req_id").GetInt32(), Is.EqualTo(4));
    }

    [TestCase(
        """{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USDT"],"depth":20}}""",
        "Subscription depth not supported")]
    [TestCase(
        """{"method":"subscribe","params":{"channel":"book","symbol":["NO/PE"]}}""",
        "Currency pair not supported NO/PE")]
    [TestCase(
        """{"method":"unsubscribe","params":{"channel":"book","symbol":["BTC/USDT"]}}""",
        "Subscription Not Found")]
    [TestCase("""{"method":"subscribe","params":{"channel":"weather"}}""", "Channel weather not supported")]
    [TestCase("""{"method":"subscribe"}""", "Malformed request")]
    [TestCase("{", "Malformed request")]
    public async Task BadRequestIsRefused(string request, string error)
    {
        using var socket = await Connect();
        var answer = await socket.AskAsync(request);
        Assert.That(answer.GetProperty("success").GetBoolean(), Is.False);
        Assert.That(answer.GetProperty("error").GetString(), Is.EqualTo(error));
    }

    [Test]
    public async Task ResubscribeBringsANewSnapshot()
    {
        using var socket = await Connect();
        await Subscribe(socket, 10, "BTC/USDT");
        await socket.ReceiveAsync(message => IsBook(message));
        await socket.SendAsync(
            """{"method":"unsubscribe","params":{"channel":"book","symbol":["BTC/USDT"],"depth":10}}""");
        var acknowledgement = await socket.ReceiveAsync(message =>
            message.TryGetProperty("method", out var method) && method.ValueEquals("unsubscribe"));
        Assert.That(acknowledgement.GetProperty("result").TryGetProperty("snapshot", out _), Is.False);
        await Subscribe(socket, 10, "BTC/USDT");
        var first = await socket.ReceiveAsync(message => IsBook(message));
        Assert.That(first.GetProperty("type").GetString(), Is.EqualTo("snapshot"));
    }

    [Test]
    public async Task SecondSubscriptionOfASymbolIsRefused()
    {
        using var socket = await Connect();
        await Subscribe(socket, 10, "BTC/USDT");
        await Subscribe(socket, 25, "BTC/USDT");
        var refusal = await socket.ReceiveAsync(message => message.TryGetProperty("error", out _));
        Assert.That(refusal.GetProperty("error").GetString(), Is.EqualTo("Already subscribed"));
    }

    [Test]
    public async Task PingGetsPong()
    {
        using var socket = await Connect();
        var pong = await socket.AskAsync("""{"method":"ping","req_id":99}""");
        Assert.That(pong.GetProperty("method").GetString(), Is.EqualTo("pong"));
        Assert.That(pong.GetProperty("req_id").GetInt32(), Is.EqualTo(99));
    }

    [Test]
    public async Task HeartbeatsFlowOnlyOnceSubscribed()
    {
        var clock = new ManualTime(System.DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with { Clock = clock });
        using var socket = await exchange.ConnectAsync("kraken", "/v2");
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"method":"ping"}""");
        Assert.That((await socket.ReceiveAsync()).GetProperty("method").GetString(), Is.EqualTo("pong"));
        // The instrument channel sends nothing after its snapshot, so the socket is idle from here on.
        await socket.SendAsync("""{"method":"subscribe","params":{"channel":"instrument"}}""");
        await socket.ReceiveAsync(message =>
            message.TryGetProperty("type", out var type) && type.ValueEquals("snapshot"));
        clock.Advance(System.TimeSpan.FromSeconds(1));
        Assert.That((await socket.ReceiveAsync()).GetRawText(), Is.EqualTo("""{"channel":"heartbeat"}"""));
    }

    [Test]
    public async Task InstrumentChannelDeclaresPrecision()
    {
        using var socket = await Connect();
        await socket.SendAsync("""{"method":"subscribe","params":{"channel":"instrument"},"req_id":1}""");
        var snapshot = await socket.ReceiveAsync(message =>
            message.TryGetProperty("channel", out var channel) && channel.ValueEquals("instrument"));
        var pair = snapshot.GetProperty("data").GetProperty("pairs").EnumerateArray()
            .Single(pair => pair.GetProperty("symbol").ValueEquals("PEPE/USD"));
        Assert.That(pair.GetProperty("price_precision").GetInt32(), Is.EqualTo(10));
        Assert.That(pair.GetProperty("price_increment").GetRawText(), Is.EqualTo("1e-10"));
        Assert.That(pair.GetProperty("price_increment").GetDecimal(), Is.EqualTo(0.0000000001m));
    }

    [Test]
    public async Task AssetPairsDeclareDecimals()
    {
        var answer = await _exchange.GetAsync("/kraken/0/public/AssetPairs?pair=XBTUSDT");
        var pair = answer.GetProperty("result").GetProperty("XBTUSDT");
        Assert.That(pair.GetProperty("wsname").GetString(), Is.EqualTo("XBT/USDT"));
        Assert.That(pair.GetProperty("pair_decimals").GetInt32(), Is.EqualTo(1));
        var unknown = await _exchange.GetAsync("/kraken/0/public/AssetPairs?pair=NOPE");
        Assert.That(unknown.GetProperty("error")[0].GetString(), Is.EqualTo("EQuery:Unknown asset pair"));
    }

    private static bool IsBook(JsonElement message) =>
        message.TryGetProperty("channel", out var channel) && channel.ValueEquals("book");

    private static string Text(TestBook book) => string.Join(' ', book.Bids.Take(10).Concat(book.Asks.Take(10)));

    private static async Task Apply(TestSocket socket, TestBook book, int depth)
    {
        var data = (await socket.ReceiveAsync(message => IsBook(message))).GetProperty("data")[0];
        book.Apply(data.GetProperty("bids"), data.GetProperty("asks"));
        book.Cut(depth);
    }

    private static Task Subscribe(TestSocket socket, int depth, params string[] symbols)
    {
        var names = string.Join("\",\"", symbols);
        var parameters = string.Create(
            CultureInfo.InvariantCulture, $$"""{"channel":"book","symbol":["{{names}}"],"depth":{{depth}}}""");
        return socket.SendAsync($$"""{"method":"subscribe","params":{{parameters}},"req_id":4}""");
    }

    private async Task<TestSocket> Connect()
    {
        var socket = await _exchange.ConnectAsync("kraken", "/v2");
        await socket.ReceiveAsync();
        return socket;
    }
}
