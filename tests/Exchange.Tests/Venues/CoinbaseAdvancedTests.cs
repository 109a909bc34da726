using System;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class CoinbaseAdvancedTests
{
    private const string Path = "/";

    private const string Heartbeats = """{"type":"subscribe","product_ids":[],"channel":"heartbeats"}""";

    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync(TestExchange.Fast() with
    {
        CoinbaseAdvanced = new CoinbaseAdvancedSettings { ConnectionsPerSecond = 1_000 },
    });

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [Test]
    public async Task NumberRisesByOneWithEveryMessageAndTheBookNeverCrosses()
    {
        using var socket = await _exchange.ConnectAsync("coinbase_advanced", Path);
        await socket.SendAsync(Heartbeats);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        await socket.SendAsync(Request("subscribe", "ETH-USDT"));
        var book = new TestBook();
        var (snapshots, updates, acknowledgements) = (0, 0, 0);
        for (var number = 0; number < 200; number++)
        {
            var message = await socket.ReceiveAsync();
            Assert.That(message.GetProperty("sequence_num").GetInt32(), Is.EqualTo(number));
            acknowledgements += Channel(message) == "subscriptions" ? 1 : 0;
            if (Channel(message) != "l2_data")
            {
                continue;
            }

            var item = message.GetProperty("events")[0];
            var isSnapshot = item.GetProperty("type").ValueEquals("snapshot");
            snapshots += isSnapshot ? 1 : 0;
            updates += isSnapshot ? 0 : 1;
            if (item.GetProperty("product_id").ValueEquals("BTC-USDT"))
            {
                Apply(book, item);
                Assert.That(book.IsCrossed, Is.False);
            }
        }

        Assert.That((snapshots, acknowledgements), Is.EqualTo((2, 3)));
        Assert.That(updates, Is.GreaterThan(150));
        Assert.That(book.Asks, Has.Count.GreaterThan(2_000));
        Assert.That(
            book.Bids.Where(row => row.Size.Contains('.')).Select(row => row.Size), Has.None.EndsWith("0"), "stripped");
    }

    [Test]
    public async Task ShapesAreTheVenues()
    {
        using var socket = await _exchange.ConnectAsync("coinbase_advanced", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        var acknowledgement = await socket.ReceiveAsync();
        Assert.That(
            acknowledgement.GetProperty("events").GetRawText(),
            Is.EqualTo("""[{"subscriptions":{"level2":["BTC-USDT"]}}]"""));
        var snapshot = (await socket.ReceiveAsync()).GetProperty("events")[0];
        var rows = snapshot.GetProperty("updates").EnumerateArray().ToArray();
        Assert.That(
            rows[0].EnumerateObject().Select(property => property.Name),
            Is.EqualTo(new[] { "side", "event_time", "price_level", "new_quantity" }));
        Assert.That(
            rows.Select(row => row.GetProperty("side").GetString()).Distinct(), Is.EqualTo(new[] { "bid", "offer" }));
        var update = await socket.ReceiveAsync(message =>
            message.GetProperty("events")[0].TryGetProperty("updates", out var found)
            && found.EnumerateArray().Any(row => row.GetProperty("new_quantity").ValueEquals("0")));
        Assert.That(Channel(update), Is.EqualTo("l2_data"), "zero has one digit");
    }

    [Test]
    public async Task HeartbeatsCountAndQuietConnectionsAreClosed()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast(rate: 0.0001) with { Clock = clock });
        using var idle = await exchange.ConnectAsync("coinbase_advanced", Path);
        using var quiet = await exchange.ConnectAsync("coinbase_advanced", Path);
        using var socket = await exchange.ConnectAsync("coinbase_advanced", Path);
        await quiet.SendAsync("""{"type":"subscribe","product_ids":["BTC-USDT"],"channel":"ticker"}""");
        await quiet.ReceiveAsync();
        await socket.SendAsync(Heartbeats);
        Assert.That(
            (await socket.ReceiveAsync()).GetProperty("events").GetRawText(),
            Is.EqualTo("""[{"subscriptions":{"heartbeats":["heartbeats"]}}]"""));
        var counters = new long[3];
        for (var beat = 0; beat < counters.Length; beat++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            counters[beat] = (await socket.ReceiveAsync()).GetProperty("events")[0]
                .GetProperty("heartbeat_counter").GetInt64();
        }

        Assert.That(counters, Is.EqualTo(new[] { counters[0], counters[0] + 1, counters[0] + 2 }));
        clock.Advance(TimeSpan.FromSeconds(3));
        await idle.DrainAsync();
        Assert.That(idle.CloseReason, Is.EqualTo("no subscription"));
        clock.Advance(TimeSpan.FromSeconds(70));
        await quiet.DrainAsync();
        Assert.That(quiet.CloseReason, Is.EqualTo("quiet"));
        await socket.ReceiveAsync(message => Channel(message) == "heartbeats");
    }

    [Test]
    public async Task MessageOfTheFirstConnectionCanBeLost()
    {
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast() with { CoinbaseAdvanced = new CoinbaseAdvancedSettings { LosesMessage = 3 } });
        using var first = await exchange.ConnectAsync("coinbase_advanced", Path);
        await first.SendAsync(Request("subscribe", "BTC-USDT"));
        Assert.That(await NumbersAsync(first), Is.EqualTo(new[] { 0, 1, 2, 4, 5 }));
        using var second = await exchange.ConnectAsync("coinbase_advanced", Path);
        await second.SendAsync(Request("subscribe", "BTC-USDT"));
        Assert.That(await NumbersAsync(second), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task SnapshotComesBehindOrBeforeItsAcknowledgement(bool first)
    {
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast() with
            {
                CoinbaseAdvanced = new CoinbaseAdvancedSettings { SnapshotComesFirst = first },
            });
        using var socket = await exchange.ConnectAsync("coinbase_advanced", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        Assert.That(Channel(await socket.ReceiveAsync()) == "l2_data", Is.EqualTo(first));
        Assert.That(Channel(await socket.ReceiveAsync()) == "l2_data", Is.EqualTo(!first));
    }

    [TestCase("""{"type":"subscribe","product_ids":["NO-PE"],"channel":"level2"}""", "product NO-PE is not supported")]
    [TestCase("""{"type":"subscribe","product_ids":["BTC-USDT"],"channel":"weather"}""", "channel weather is not supported")]
    [TestCase("""{"type":"subscribe","channel":"level2"}""", "no products")]
    [TestCase("""{"type":"subscribe","product_ids":["BTC-USDT"]}""", "request not understood")]
    [TestCase("""{"type":"subscribe","product_ids":"BTC-USDT","channel":"level2"}""", "request not understood")]
    [TestCase("""{"type":"dance","channel":"level2"}""", "request not understood")]
    [TestCase("[]", "request not understood")]
    [TestCase("{", "malformed message")]
    public async Task BadRequestIsAnErrorWithoutANumber(string request, string message)
    {
        using var socket = await _exchange.ConnectAsync("coinbase_advanced", Path);
        await socket.SendAsync(request);
        Assert.That(
            (await socket.ReceiveAsync()).GetRawText(), Is.EqualTo($$"""{"type":"error","message":"{{message}}"}"""));
        await socket.SendAsync(Heartbeats);
        Assert.That((await socket.ReceiveAsync()).GetProperty("sequence_num").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task LimitsAreEnforced()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            CoinbaseAdvanced = new CoinbaseAdvancedSettings { ConnectionsPerSecond = 1, MessagesPerSecond = 1 },
            Clock = clock,
        });
        using var socket = await exchange.ConnectAsync("coinbase_advanced", Path);
        await Assert.ThatAsync(
            () => exchange.ConnectAsync("coinbase_advanced", Path),
            Throws.TypeOf<WebSocketException>().With.Message.Contains("429"));
        await socket.SendAsync(Heartbeats);
        Assert.That(Channel(await socket.ReceiveAsync()), Is.EqualTo("subscriptions"));
        await socket.SendAsync(Heartbeats);
        Assert.That(
            (await socket.ReceiveAsync()).GetProperty("message").GetString(), Is.EqualTo("rate limit exceeded"));
    }

    [Test]
    public async Task ProductsDeclareSteps()
    {
        var answer = await _exchange.GetAsync("/coinbase_advanced/api/v3/brokerage/market/products");
        var product = answer.GetProperty("products").EnumerateArray()
            .Single(product => product.GetProperty("product_id").ValueEquals("BTC-USDT"));
        Assert.That(product.GetProperty("price_increment").GetString(), Is.EqualTo("0.01"));
        Assert.That(product.GetProperty("base_increment").GetString(), Is.EqualTo("0.00000001"));
        Assert.That(
            answer.GetProperty("num_products").GetInt32(), Is.EqualTo(answer.GetProperty("products").GetArrayLength()));
    }

    private static async Task<int[]> NumbersAsync(TestSocket socket)
    {
        var numbers = new int[5];
        for (var message = 0; message < numbers.Length; message++)
        {
            numbers[message] = (await socket.ReceiveAsync()).GetProperty("sequence_num").GetInt32();
        }

        return numbers;
    }

    private static string? Channel(JsonElement message) =>
        message.TryGetProperty("channel", out var channel) ? channel.GetString() : null;

    private static void Apply(TestBook book, JsonElement item)
    {
        foreach (var row in item.GetProperty("updates").EnumerateArray())
        {
            book.Apply(
                row.GetProperty("side").ValueEquals("bid"),
                row.GetProperty("price_level").GetString()!,
                row.GetProperty("new_quantity").GetString()!);
        }
    }

    private static string Request(string type, string product) =>
        $$"""{"type":"{{type}}","product_ids":["{{product}}"],"channel":"level2"}""";
}
