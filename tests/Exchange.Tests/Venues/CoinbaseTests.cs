using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.Coinbase;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class CoinbaseTests
{
    private const string Path = "/";

    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync(TestExchange.Fast() with
    {
        Coinbase = new CoinbaseSettings { ConnectionBurst = 1_000 },
    });

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [Test]
    public async Task SnapshotAndBatchesMakeABookThatNeverCrosses()
    {
        using var socket = await _exchange.ConnectAsync("coinbase", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        var book = new TestBook();
        var (mixed, zeros, batches) = (0, 0, 0);
        for (; batches < 120; batches++)
        {
            var message = await socket.ReceiveAsync(IsBook);
            Assert.That(Text(message, "type"), Is.EqualTo(batches == 0 ? "snapshot" : "l2update"));
            Assert.That(Text(message, "product_id"), Is.EqualTo("BTC-USDT"));
            if (batches == 0)
            {
                book.Apply(message.GetProperty("bids"), message.GetProperty("asks"));
                continue;
            }

            var sides = Apply(book, message.GetProperty("changes"));
            mixed += sides.Zip(sides.Skip(1)).Count(pair => pair.First == "sell" && pair.Second == "buy");
            zeros += message.GetProperty("changes").EnumerateArray().Count(row => row[2].ValueEquals("0.00000000"));
            Assert.That(book.IsCrossed, Is.False);
        }

        Assert.That(mixed, Is.GreaterThan(10), "sides come in any order");
        Assert.That(zeros, Is.GreaterThan(10));
        Assert.That(book.Bids, Has.Count.GreaterThan(1_000));
        Assert.That(book.Bids.Select(row => row.Price), Has.All.Match(@"^\d+\.\d\d$"), "the declared decimals");
    }

    [Test]
    public async Task RestBookCarriesASequence()
    {
        var top = await _exchange.GetAsync("/coinbase/products/BTC-USDT/book");
        var whole = await _exchange.GetAsync("/coinbase/products/BTC-USDT/book?level=2");

        Assert.That(top.GetProperty("bids").GetArrayLength(), Is.EqualTo(1));
        Assert.That(whole.GetProperty("asks").GetArrayLength(), Is.GreaterThan(1_000));
        Assert.That(
            whole.GetProperty("sequence").GetInt64(), Is.GreaterThanOrEqualTo(top.GetProperty("sequence").GetInt64()));
        using var unknown = await _exchange.RequestAsync("/coinbase/products/NO-PE/book");
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var refused = await _exchange.RequestAsync("/coinbase/products/BTC-USDT/book?level=3");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task ProductsDeclareSteps()
    {
        var product = (await _exchange.GetAsync("/coinbase/products")).EnumerateArray()
            .Single(product => product.GetProperty("id").ValueEquals("BTC-USDT"));
        Assert.That(Text(product, "quote_increment"), Is.EqualTo("0.01"));
        Assert.That(Text(product, "base_increment"), Is.EqualTo("0.00000001"));
        Assert.That(Text(product, "status"), Is.EqualTo("online"));
    }

    [Test]
    public async Task AcknowledgementStatesAllThatIsSubscribedTo()
    {
        using var socket = await _exchange.ConnectAsync("coinbase", Path);
        await socket.SendAsync("""{"type":"subscribe","product_ids":["ETH-USDT"],"channels":["ticker",{"name":"matches","product_ids":["BTC-USDT"]}]}""");
        Assert.That(
            Channels(await socket.ReceiveAsync()), Is.EqualTo(new[] { "matches BTC-USDT", "ticker ETH-USDT" }));
        await socket.SendAsync("""{"type":"subscribe","product_ids":["BTC-USDT"],"channels":["ticker"]}""");
        Assert.That(
            Channels(await socket.ReceiveAsync()),
            Is.EqualTo(new[] { "matches BTC-USDT", "ticker BTC-USDT ETH-USDT" }));
        await socket.SendAsync("""{"type":"unsubscribe","channels":["ticker"]}""");
        Assert.That(Channels(await socket.ReceiveAsync()), Is.EqualTo(new[] { "matches BTC-USDT" }));
    }

    [Test]
    public async Task UnsubscribedBookIsSilentAndComesWholeAgain()
    {
        using var socket = await _exchange.ConnectAsync("coinbase", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        await socket.ReceiveAsync(message => Text(message, "type") == "l2update");
        await socket.SendAsync(Request("unsubscribe", "BTC-USDT"));
        await socket.ReceiveAsync(message => Text(message, "type") == "subscriptions");
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        Assert.That(Text(await socket.ReceiveAsync(), "type"), Is.EqualTo("subscriptions"));
        Assert.That(Text(await socket.ReceiveAsync(), "type"), Is.EqualTo("snapshot"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task SnapshotComesBehindOrBeforeItsAcknowledgement(bool first)
    {
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast() with { Coinbase = new CoinbaseSettings { SnapshotComesFirst = first } });
        using var socket = await exchange.ConnectAsync("coinbase", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        Assert.That(IsBook(await socket.ReceiveAsync()), Is.EqualTo(first));
        Assert.That(IsBook(await socket.ReceiveAsync()), Is.EqualTo(!first));
    }

    [Test]
    public async Task HeartbeatsComeOnceASecondAndWhoAsksForNothingIsCutOff()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast(rate: 0.0001) with { Clock = clock });
        using var socket = await exchange.ConnectAsync("coinbase", Path);
        using var idle = await exchange.ConnectAsync("coinbase", Path);
        await socket.SendAsync("""{"type":"subscribe","product_ids":["BTC-USDT","ETH-USDT"],"channels":["heartbeat"]}""");
        await socket.ReceiveAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        var beats = new[] { await socket.ReceiveAsync(), await socket.ReceiveAsync() };
        Assert.That(beats.Select(beat => Text(beat, "product_id")), Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }));
        Assert.That(beats[0].GetProperty("sequence").GetInt64(), Is.Positive);
        clock.Advance(TimeSpan.FromSeconds(5));
        await idle.DrainAsync();
        Assert.That(idle.CloseStatus, Is.EqualTo(WebSocketCloseStatus.NormalClosure));
        Assert.That(Text(await socket.ReceiveAsync(), "type"), Is.EqualTo("heartbeat"), "the other goes on");
    }

    [TestCase("""{"type":"subscribe","product_ids":["BTC-USDT","NO-PE"],"channels":["level2_batch"]}""", "NO-PE is not a valid product")]
    [TestCase("""{"type":"subscribe","product_ids":["BTC-USDT"],"channels":["weather"]}""", "weather is not a valid channel")]
    [TestCase("""{"type":"subscribe","product_ids":["BTC-USDT"],"channels":["level2"]}""", "level2, level3, and full channels now require authentication")]
    [TestCase("""{"type":"subscribe","channels":["level2_batch"]}""", "No products provided")]
    [TestCase("""{"type":"subscribe","product_ids":["BTC-USDT"]}""", "No channels provided")]
    [TestCase("""{"type":"subscribe","product_ids":[5],"channels":["ticker"]}""", "No channels provided")]
    [TestCase("""{"type":"dance"}""", "Type has to be either subscribe or unsubscribe")]
    [TestCase("[]", "Type has to be either subscribe or unsubscribe")]
    [TestCase("{", null)]
    public async Task BadRequestIsRefusedAsAWhole(string request, string? reason)
    {
        using var socket = await _exchange.ConnectAsync("coinbase", Path);
        await socket.SendAsync(request);
        var answer = await socket.ReceiveAsync();
        Assert.That(Text(answer, "type"), Is.EqualTo("error"));
        Assert.That(Text(answer, "message"), Is.EqualTo(reason is null ? "Malformed JSON" : "Failed to subscribe"));
        Assert.That(Text(answer, "reason"), Is.EqualTo(reason));
        await socket.SendAsync("""{"type":"subscribe","product_ids":["ETH-USDT"],"channels":["ticker"]}""");
        Assert.That(
            Channels(await socket.ReceiveAsync()), Is.EqualTo(new[] { "ticker ETH-USDT" }), "nothing was granted");
    }

    [Test]
    public async Task LimitsAreEnforced()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Coinbase = new CoinbaseSettings { ConnectionBurst = 2, MessagesPerSecond = 1 },
            Clock = clock,
        });
        using var first = await exchange.ConnectAsync("coinbase", Path);
        using var second = await exchange.ConnectAsync("coinbase", Path);
        await Assert.ThatAsync(
            () => exchange.ConnectAsync("coinbase", Path),
            Throws.TypeOf<WebSocketException>().With.Message.Contains("429"));
        await first.SendAsync("""{"type":"subscribe","product_ids":["ETH-USDT"],"channels":["ticker"]}""");
        Assert.That(Text(await first.ReceiveAsync(), "type"), Is.EqualTo("subscriptions"));
        await first.SendAsync("""{"type":"subscribe","product_ids":["BTC-USDT"],"channels":["ticker"]}""");
        Assert.That(Text(await first.ReceiveAsync(), "reason"), Is.EqualTo("rate limit exceeded"));
    }

    private static bool IsBook(JsonElement message) => Text(message, "type") is "snapshot" or "l2update";

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) ? found.GetString() : null;

    private static string[] Channels(JsonElement message) =>
    [
        .. message.GetProperty("channels").EnumerateArray().Select(channel => string.Join(
            ' ',
            channel.GetProperty("product_ids").EnumerateArray().Select(product => product.GetString())
                .Prepend(Text(channel, "name")))),
    ];

    /// <summary>Applies rows of side, price and size; returns the sides in their order.</summary>
    private static List<string> Apply(TestBook book, JsonElement changes)
    {
        var sides = new List<string>();
        foreach (var row in changes.EnumerateArray())
        {
            sides.Add(row[0].GetString()!);
            book.Apply(sides[^1] == "buy", row[1].GetString()!, row[2].GetString()!);
        }

        return sides;
    }

    private static string Request(string type, string product) =>
        $$"""{"type":"{{type}}","product_ids":["{{product}}"],"channels":["level2_batch"]}""";
}
