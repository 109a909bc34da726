using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class BinanceTests
{
    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [Test]
    public async Task DocumentedProcedureRebuildsTheBook()
    {
        using var socket = await _exchange.ConnectAsync(
            "binance", "/stream?streams=btcusdt@depth@100ms/btcusdt@depth20@100ms/btcusdt@bookTicker");
        var buffered = new List<JsonElement> { await Diff(socket) };
        var snapshot = await _exchange.GetAsync("/binance/api/v3/depth?symbol=BTCUSDT&limit=5000");
        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        Assert.That(id, Is.GreaterThanOrEqualTo(buffered[0].GetProperty("U").GetInt64()));

        var book = new TestBook();
        book.Apply(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var (applied, partials, tickers, lastSeen) = (0, 0, 0, buffered[0].GetProperty("u").GetInt64());
        var ticker = default(JsonElement);
        while (applied < 400)
        {
            var message = await socket.ReceiveAsync();
            var data = message.GetProperty("data");
            switch (message.GetProperty("stream").GetString())
            {
                case "btcusdt@depth@100ms":
                    var (first, last) = (data.GetProperty("U").GetInt64(), data.GetProperty("u").GetInt64());
                    Assert.That(first, Is.EqualTo(lastSeen + 1), "U is the previous u + 1");
                    lastSeen = last;
                    if (last <= id)
                    {
                        break;
                    }

                    Assert.That(first, Is.LessThanOrEqualTo(id + 1));
                    book.Apply(data.GetProperty("b"), data.GetProperty("a"));
                    id = last;
                    applied++;
                    Assert.That(book.IsCrossed, Is.False);
                    if (ticker.ValueKind == JsonValueKind.Object && ticker.GetProperty("u").GetInt64() == id)
                    {
                        Assert.That(ticker.GetProperty("b").GetString(), Is.EqualTo(book.Bids[0].Price));
                        Assert.That(ticker.GetProperty("B").GetString(), Is.EqualTo(book.Bids[0].Size));
                        Assert.That(ticker.GetProperty("a").GetString(), Is.EqualTo(book.Asks[0].Price));
                        Assert.That(ticker.GetProperty("A").GetString(), Is.EqualTo(book.Asks[0].Size));
                        tickers++;
                    }

                    break;
                case "btcusdt@depth20@100ms" when applied > 0:
                    Assert.That(data.GetProperty("lastUpdateId").GetInt64(), Is.EqualTo(id));
                    Assert.That(Rows(data, "bids"), Is.EqualTo(book.Bids.Take(20)));
                    Assert.That(Rows(data, "asks"), Is.EqualTo(book.Asks.Take(20)));
                    partials++;
                    break;
                case "btcusdt@bookTicker":
                    ticker = data;
                    break;
            }
        }

        Assert.That(partials, Is.GreaterThan(200));
        Assert.That(tickers, Is.GreaterThan(20));
        TestContext.Out.WriteLine($"{applied} diffs, {partials} partial books, {tickers} tickers at the same id");
    }

    [Test]
    public async Task SnapshotFallsInsideADiffSometimes()
    {
        using var socket = await _exchange.ConnectAsync("binance", "/ws/ethusdt@depth");
        var straddled = 0;
        for (var attempt = 0; attempt < 50 && straddled == 0; attempt++)
        {
            await socket.ReceiveAsync();
            var snapshot = await _exchange.GetAsync("/binance/api/v3/depth?symbol=ETHUSDT&limit=5");
            var id = snapshot.GetProperty("lastUpdateId").GetInt64();
            var next = await socket.ReceiveAsync(diff => diff.GetProperty("u").GetInt64() > id);
            straddled += next.GetProperty("U").GetInt64() <= id ? 1 : 0;
        }

        Assert.That(straddled, Is.GreaterThan(0));
    }

    [Test]
    public async Task FinalBookEqualsTheServers()
    {
        using var socket = await _exchange.ConnectAsync("binance", "/ws");
        await socket.AskAsync("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}""");
        await socket.ReceiveAsync();
        var snapshot = await _exchange.GetAsync("/binance/api/v3/depth?symbol=BTCUSDT&limit=5000");
        var book = new TestBook();
        book.Apply(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        var compared = 0;
        for (var attempt = 0; attempt < 200 && compared == 0; attempt++)
        {
            var later = await _exchange.GetAsync("/binance/api/v3/depth?symbol=BTCUSDT&limit=100");
            var laterId = later.GetProperty("lastUpdateId").GetInt64();
            while (id < laterId)
            {
                var diff = await socket.ReceiveAsync();
                if (diff.GetProperty("u").GetInt64() > id)
                {
                    book.Apply(diff.GetProperty("b"), diff.GetProperty("a"));
                    id = diff.GetProperty("u").GetInt64();
                }
            }

            if (id == laterId)
            {
                Assert.That(book.Bids.Take(100), Is.EqualTo(Rows(later, "bids")));
                Assert.That(book.Asks.Take(100), Is.EqualTo(Rows(later, "asks")));
                compared++;
            }
        }

        Assert.That(compared, Is.EqualTo(1), "a snapshot taken right at the end of a diff");
    }

    [Test]
    public async Task PricesAndSizesHaveEightDecimals()
    {
        var snapshot = await _exchange.GetAsync("/binance/api/v3/depth?symbol=BTCUSDT");
        var bids = Rows(snapshot, "bids");
        Assert.That(bids, Has.Count.EqualTo(100), "the default limit");
        Assert.That(bids, Has.All.Matches<(string Price, string Size)>(row =>
            row.Price.Split('.')[1].Length == 8 && row.Size.Split('.')[1].Length == 8));
    }

    [Test]
    public async Task WrongStreamNameIsAcceptedAndSilent()
    {
        using var socket = await _exchange.ConnectAsync("binance", "/ws/BTCUSDT@depth@100ms");
        var answer = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":"list-1"}""");
        Assert.That(answer.GetRawText(), Is.EqualTo("""{"result":["BTCUSDT@depth@100ms"],"id":"list-1"}"""));
        var second = await socket.AskAsync("""{"method":"UNSUBSCRIBE","params":["BTCUSDT@depth@100ms"],"id":2}""");
        Assert.That(second.GetRawText(), Is.EqualTo("""{"result":null,"id":2}"""), "nothing else came in between");
    }

    [TestCase("{\"method\":", 3, "Invalid JSON", "null")]
    [TestCase("""{"method":"DANCE","id":7}""", 2, "unknown variant `DANCE`", "7")]
    [TestCase("""{"id":7}""", 2, "missing field `method`", "7")]
    [TestCase("""{"method":"SUBSCRIBE","params":[1],"id":7}""", 2, "params", "7")]
    [TestCase("""{"method":"SUBSCRIBE","params":["a@depth"],"id":1.5}""", 2, "request ID", "null")]
    [TestCase("""{"method":"SET_PROPERTY","params":["combined",1],"id":7}""", 1, "expected Boolean", "7")]
    [TestCase("""{"method":"GET_PROPERTY","params":["color"],"id":7}""", 0, "Unknown property", "7")]
    public async Task BadControlMessageGetsItsErrorCode(string message, int code, string text, string id)
    {
        using var socket = await _exchange.ConnectAsync("binance", "/ws");
        var answer = await socket.AskAsync(message);
        Assert.That(answer.GetProperty("code").GetInt32(), Is.EqualTo(code));
        Assert.That(answer.GetProperty("msg").GetString(), Does.Contain(text));
        Assert.That(answer.GetProperty("id").GetRawText(), Is.EqualTo(id));
    }

    [Test]
    public async Task CombinedPropertyWrapsPayloads()
    {
        using var socket = await _exchange.ConnectAsync("binance", "/ws/btcusdt@depth@100ms");
        Assert.That((await socket.ReceiveAsync()).GetProperty("e").GetString(), Is.EqualTo("depthUpdate"));
        await socket.SendAsync("""{"method":"SET_PROPERTY","params":["combined",true],"id":5}""");
        var wrapped = await socket.ReceiveAsync(message => message.TryGetProperty("stream", out _));
        Assert.That(wrapped.GetProperty("stream").GetString(), Is.EqualTo("btcusdt@depth@100ms"));
    }

    [Test]
    public async Task EventTimesAreInMicrosecondsOnRequest()
    {
        using var socket = await _exchange.ConnectAsync("binance", "/ws/btcusdt@depth@100ms?timeUnit=MICROSECOND");
        var micros = (await socket.ReceiveAsync()).GetProperty("E").GetInt64();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
        Assert.That(micros, Is.EqualTo(now).Within(60_000_000));
    }

    [Test]
    public async Task SixthMessageInASecondCloses1008()
    {
        using var socket = await _exchange.ConnectAsync("binance", "/ws");
        for (var i = 0; i < 8; i++)
        {
            await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        }

        await socket.DrainAsync();
        Assert.That((int?)socket.CloseStatus, Is.EqualTo(1008));
        Assert.That(socket.CloseReason, Is.EqualTo("Too many requests"));
    }

    [Test]
    public async Task ExchangeInfoDeclaresTickAndStep()
    {
        var answer = await _exchange.GetAsync("/binance/api/v3/exchangeInfo?symbol=BTCUSDT");
        var symbol = answer.GetProperty("symbols").EnumerateArray().Single();
        Assert.That(symbol.GetProperty("status").GetString(), Is.EqualTo("TRADING"));
        var filters = symbol.GetProperty("filters").EnumerateArray().ToDictionary(
            filter => filter.GetProperty("filterType").GetString()!);
        Assert.That(filters["PRICE_FILTER"].GetProperty("tickSize").GetString(), Is.EqualTo("0.01000000"));
        Assert.That(filters["LOT_SIZE"].GetProperty("stepSize").GetString(), Is.EqualTo("0.00001000"));
        var weight = answer.GetProperty("rateLimits").EnumerateArray().First();
        Assert.That(weight.GetProperty("limit").GetInt32(), Is.EqualTo(6000));
    }

    [TestCase("depth?symbol=NOPE", 400, -1121)]
    [TestCase("depth", 400, -1102)]
    [TestCase("depth?symbol=BTCUSDT&limit=x", 400, -1100)]
    [TestCase("exchangeInfo?symbols=[\"BTCUSDT\",\"NOPE\"]", 400, -1121)]
    public async Task BadRestRequestIsRefusedWithItsCode(string path, int status, int code)
    {
        using var response = await _exchange.RequestAsync("/binance/api/v3/" + path);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.That(body.RootElement.GetProperty("code").GetInt32(), Is.EqualTo(code));
    }

    [Test]
    public async Task ShutdownNoticeReachesEverySocket()
    {
        using var socket = await _exchange.ConnectAsync("binance", "/stream");
        await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.That(_exchange.Host.AnnounceDisconnect("binance"), Is.True);
        var notice = await socket.ReceiveAsync();
        Assert.That(notice.GetProperty("data").GetProperty("e").GetString(), Is.EqualTo("serverShutdown"));
    }

    private static async Task<JsonElement> Diff(TestSocket socket)
    {
        var message = await socket.ReceiveAsync(
            message => message.GetProperty("stream").ValueEquals("btcusdt@depth@100ms"));
        return message.GetProperty("data");
    }

    private static List<(string Price, string Size)> Rows(JsonElement book, string side) =>
        [.. book.GetProperty(side).EnumerateArray().Select(row => (row[0].GetString()!, row[1].GetString()!))];
}
