using System;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.Bybit;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class BybitTests
{
    private const string Path = "/v5/public/spot";

    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [TestCase(50)]
    [TestCase(200)]
    [TestCase(1000)]
    public async Task CountRisesByOneAndTheVenueKeepsTheWindow(int depth)
    {
        using var socket = await _exchange.ConnectAsync("bybit", Path);
        await socket.SendAsync(Request("subscribe", $"orderbook.{depth}.BTCUSDT"));
        var book = new TestBook();
        var (last, sequence, deleted) = (0L, 0L, 0);
        for (var messages = 0; messages < 150; messages++)
        {
            var message = await socket.ReceiveAsync(IsBook);
            var data = message.GetProperty("data");
            var (id, order) = (data.GetProperty("u").GetInt64(), data.GetProperty("seq").GetInt64());
            Assert.That(message.GetProperty("type").GetString(), Is.EqualTo(messages == 0 ? "snapshot" : "delta"));
            Assert.That(id, messages == 0 ? Is.GreaterThan(1) : Is.EqualTo(last + 1));
            Assert.That(order, Is.GreaterThanOrEqualTo(sequence));
            (last, sequence) = (id, order);
            book.Apply(data.GetProperty("b"), data.GetProperty("a"));
            Assert.That(book.IsCrossed, Is.False);
            Assert.That((book.Bids.Count, book.Asks.Count), Is.EqualTo((depth, depth)));
            deleted += data.GetProperty("b").EnumerateArray().Count(row => row[1].ValueEquals("0"));
        }

        Assert.That(deleted, Is.GreaterThan(0));
    }

    [Test]
    public async Task DepthOneSendsWholeBooksAndRepeatsTheLastOne()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast(rate: 0.0001) with { Clock = clock });
        using var socket = await exchange.ConnectAsync("bybit", Path);
        await socket.SendAsync(Request("subscribe", "orderbook.1.BTCUSDT"));
        var first = await socket.ReceiveAsync(IsBook);
        clock.Advance(TimeSpan.FromSeconds(3));
        var again = await socket.ReceiveAsync(IsBook);
        Assert.That(again.GetProperty("type").GetString(), Is.EqualTo("snapshot"));
        Assert.That(again.GetProperty("data").GetRawText(), Is.EqualTo(first.GetProperty("data").GetRawText()));
        Assert.That(again.GetProperty("ts").GetInt64(), Is.GreaterThan(first.GetProperty("ts").GetInt64()));
    }

    [Test]
    public async Task SpotPrintsTheTimeBeforeTheType()
    {
        using var socket = await _exchange.ConnectAsync("bybit", Path);
        await socket.SendAsync(Request("subscribe", "orderbook.50.BTCUSDT"));
        var message = await socket.ReceiveAsync(IsBook);
        Assert.That(
            message.EnumerateObject().Select(property => property.Name),
            Is.EqualTo(new[] { "topic", "ts", "type", "data", "cts" }));
        Assert.That(
            message.GetProperty("data").EnumerateObject().Select(property => property.Name),
            Is.EqualTo(new[] { "s", "b", "a", "u", "seq" }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task SnapshotComesBehindOrBeforeItsAcknowledgement(bool first)
    {
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast() with { Bybit = new BybitSettings { SnapshotComesFirst = first } });
        using var socket = await exchange.ConnectAsync("bybit", Path);
        await socket.SendAsync(Request("subscribe", "orderbook.50.BTCUSDT"));
        Assert.That(IsBook(await socket.ReceiveAsync()), Is.EqualTo(first));
        Assert.That(IsBook(await socket.ReceiveAsync()), Is.EqualTo(!first));
    }

    [Test]
    public async Task RestartOfTheServiceIsASnapshotThatCountsFromOne()
    {
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast() with { Bybit = new BybitSettings { RestartsAfter = 5 } });
        using var socket = await exchange.ConnectAsync("bybit", Path);
        await socket.SendAsync(Request("subscribe", "orderbook.200.BTCUSDT"));
        var restart = await socket.ReceiveAsync(
            message => IsBook(message) && message.GetProperty("data").GetProperty("u").GetInt64() == 1);
        Assert.That(restart.GetProperty("type").GetString(), Is.EqualTo("snapshot"));
        Assert.That(restart.GetProperty("data").GetProperty("b").GetArrayLength(), Is.EqualTo(200));
        var next = await socket.ReceiveAsync(IsBook);
        Assert.That(next.GetProperty("type").GetString(), Is.EqualTo("delta"));
        Assert.That(next.GetProperty("data").GetProperty("u").GetInt64(), Is.EqualTo(2));
    }

    [Test]
    public async Task AnswersRepeatTheRequestsIdAndLeaveItOutWithoutOne()
    {
        using var socket = await _exchange.ConnectAsync("bybit", Path);
        await socket.SendAsync("""{"req_id":"x7","op":"subscribe","args":["publicTrade.BTCUSDT"]}""");
        var acknowledgement = await socket.ReceiveAsync();
        Assert.That(acknowledgement.GetProperty("success").GetBoolean(), Is.True);
        Assert.That(acknowledgement.GetProperty("ret_msg").GetString(), Is.EqualTo("subscribe"));
        Assert.That(acknowledgement.GetProperty("req_id").GetString(), Is.EqualTo("x7"));
        await socket.SendAsync("""{"op":"ping"}""");
        var pong = await socket.ReceiveAsync();
        Assert.That(pong.GetProperty("ret_msg").GetString(), Is.EqualTo("pong"));
        Assert.That(pong.GetProperty("op").GetString(), Is.EqualTo("ping"));
        Assert.That(pong.TryGetProperty("req_id", out _), Is.False);
    }

    [TestCase("""{"op":"subscribe","args":["orderbook.20.BTCUSDT"]}""", "error:handler not found,topic:orderbook.20.BTCUSDT")]
    [TestCase("""{"op":"subscribe","args":["orderbook.50.BTCUSDT","orderbook.50.NOPE"]}""", "error:handler not found,topic:orderbook.50.NOPE")]
    [TestCase("""{"op":"unsubscribe","args":["weather"]}""", "error:handler not found,topic:weather")]
    [TestCase("""{"op":"subscribe","args":["kline.1","kline.2","kline.3","kline.4","kline.5","kline.6","kline.7","kline.8","kline.9","kline.10","kline.11"]}""", "args size >10")]
    [TestCase("""{"op":"subscribe","args":[5]}""", "error:request not understood")]
    [TestCase("""{"op":"dance"}""", "error:request not understood")]
    [TestCase("[]", "error:request not understood")]
    [TestCase("{", "error:invalid json")]
    public async Task BadRequestIsRefusedAsAWhole(string request, string message)
    {
        using var socket = await _exchange.ConnectAsync("bybit", Path);
        await socket.SendAsync(request);
        var answer = await socket.ReceiveAsync();
        Assert.That(answer.GetProperty("success").GetBoolean(), Is.False);
        Assert.That(answer.GetProperty("ret_msg").GetString(), Is.EqualTo(message));
        await socket.SendAsync("""{"op":"ping"}""");
        var next = await socket.ReceiveAsync();
        Assert.That(next.GetProperty("op").GetString(), Is.EqualTo("ping"), "nothing was granted");
    }

    [Test]
    public async Task LimitsAreEnforced()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Bybit = new BybitSettings { ConnectionsPerFiveMinutes = 2, TopicCharacters = 39 },
            Clock = clock,
        });
        using var first = await exchange.ConnectAsync("bybit", Path);
        using var second = await exchange.ConnectAsync("bybit", Path);
        await Assert.ThatAsync(
            () => exchange.ConnectAsync("bybit", Path),
            Throws.TypeOf<WebSocketException>().With.Message.Contains("429"));
        await first.SendAsync(Request("subscribe", "orderbook.50.BTCUSDT"));
        Assert.That((await first.ReceiveAsync()).GetProperty("success").GetBoolean(), Is.True);
        await first.SendAsync(Request("subscribe", "orderbook.50.BTCUSDT"));
        Assert.That(await RefusalAsync(first), Is.EqualTo("error:already subscribed,topic:orderbook.50.BTCUSDT"));
        await first.SendAsync(Request("subscribe", "orderbook.50.ETHUSDT"));
        Assert.That(await RefusalAsync(first), Is.EqualTo("args length >39"));
        clock.Advance(TimeSpan.FromMinutes(9));
        await first.SendAsync("""{"op":"ping"}""");
        await first.ReceiveAsync(message => message.TryGetProperty("op", out var name) && name.ValueEquals("ping"));
        clock.Advance(TimeSpan.FromMinutes(2));
        await second.DrainAsync();
        Assert.That(second.CloseStatus, Is.EqualTo(WebSocketCloseStatus.NormalClosure), "it has said nothing");
        await first.SendAsync("""{"op":"ping"}""");
        await first.ReceiveAsync(message => message.TryGetProperty("op", out var name) && name.ValueEquals("ping"));
    }

    [Test]
    public async Task RestBookIsThatOfTheDeepestTopic()
    {
        using var socket = await _exchange.ConnectAsync("bybit", Path);
        await socket.SendAsync(Request("subscribe", "orderbook.1000.ETHUSDT"));
        var book = new TestBook();
        var rest = default(JsonElement);
        for (var compared = 0; compared < 5;)
        {
            var data = (await socket.ReceiveAsync(IsBook)).GetProperty("data");
            book.Apply(data.GetProperty("b"), data.GetProperty("a"));
            if (rest.ValueKind == JsonValueKind.Undefined)
            {
                rest = (await _exchange.GetAsync("/bybit/v5/market/orderbook?category=spot&symbol=ETHUSDT&limit=200"))
                    .GetProperty("result");
            }

            if (data.GetProperty("u").GetInt64() < rest.GetProperty("u").GetInt64())
            {
                continue;
            }

            Assert.That(data.GetProperty("u").GetInt64(), Is.EqualTo(rest.GetProperty("u").GetInt64()));
            Assert.That(
                rest.GetProperty("b").EnumerateArray().Select(row => (row[0].GetString(), row[1].GetString())),
                Is.EqualTo(book.Bids.Take(200)));
            rest = default;
            compared++;
        }
    }

    [Test]
    public async Task InstrumentsDeclareSteps()
    {
        var answer = await _exchange.GetAsync("/bybit/v5/market/instruments-info?category=spot");
        var instrument = answer.GetProperty("result").GetProperty("list").EnumerateArray()
            .Single(instrument => instrument.GetProperty("symbol").ValueEquals("BTCUSDT"));
        Assert.That(instrument.GetProperty("priceFilter").GetProperty("tickSize").GetString(), Is.EqualTo("0.01"));
        Assert.That(
            instrument.GetProperty("lotSizeFilter").GetProperty("basePrecision").GetString(), Is.EqualTo("0.000001"));
        var linear = await _exchange.GetAsync("/bybit/v5/market/instruments-info?category=linear");
        Assert.That(linear.GetProperty("result").GetProperty("list").GetArrayLength(), Is.Zero);
    }

    [TestCase("/bybit/v5/market/instruments-info", 10_001)]
    [TestCase("/bybit/v5/market/orderbook?symbol=BTCUSDT", 10_001)]
    [TestCase("/bybit/v5/market/orderbook?category=spot&symbol=NOPE", 10_001)]
    [TestCase("/bybit/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=1001", 10_001)]
    [TestCase("/bybit/v5/market/orderbook?category=spot&symbol=BTCUSDT", 0)]
    [TestCase("/bybit/v5/market/time", 0)]
    public async Task RestAnswersWithItsCodes(string path, int code) =>
        Assert.That((await _exchange.GetAsync(path)).GetProperty("retCode").GetInt32(), Is.EqualTo(code));

    private static bool IsBook(JsonElement message) => message.TryGetProperty("topic", out _);

    private static async Task<string?> RefusalAsync(TestSocket socket)
    {
        var answer = await socket.ReceiveAsync(
            message => message.TryGetProperty("success", out var success) && !success.GetBoolean());
        return answer.GetProperty("ret_msg").GetString();
    }

    private static string Request(string operation, string topic) => $$"""{"op":"{{operation}}","args":["{{topic}}"]}""";
}
