using System;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.Gateio;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class GateioTests
{
    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [TestCase(50)]
    [TestCase(400)]
    public async Task StreamBeginsFullAndStaysAWindow(int depth)
    {
        using var socket = await ConnectAsync(_exchange);
        await socket.SendAsync(Subscribe("spot.obu", $"ob.BTC_USDT.{depth}"));
        var full = (await socket.ReceiveAsync()).GetProperty("result");
        Assert.That(full.GetProperty("full").GetBoolean(), Is.True, "before the acknowledgement");
        Assert.That(full.TryGetProperty("U", out _), Is.False);
        Assert.That(full.GetProperty("b").GetArrayLength(), Is.EqualTo(depth));
        var acknowledgement = await socket.ReceiveAsync();
        Assert.That(acknowledgement.GetProperty("result").GetRawText(), Is.EqualTo("""{"status":"success"}"""));
        Assert.That(acknowledgement.GetProperty("payload")[0].GetString(), Is.EqualTo($"ob.BTC_USDT.{depth}"));
        Assert.That(acknowledgement.GetProperty("id").GetInt32(), Is.EqualTo(5));
        var book = new TestBook();
        book.Apply(full.GetProperty("b"), full.GetProperty("a"));
        var last = full.GetProperty("u").GetInt64();
        for (var update = 0; update < 200; update++)
        {
            var result = (await socket.ReceiveAsync()).GetProperty("result");
            Assert.That(result.GetProperty("U").GetInt64(), Is.EqualTo(last + 1));
            last = result.GetProperty("u").GetInt64();
            if (result.TryGetProperty("b", out var bids))
            {
                book.Apply(bids, result.GetProperty("a"));
            }

            Assert.That(book.Bids, Has.Count.EqualTo(depth), "deletes are sent for what falls off");
            Assert.That(book.Asks, Has.Count.EqualTo(depth));
            Assert.That(book.IsCrossed, Is.False);
        }
    }

    [Test]
    public async Task SecondListenerOfAStreamGetsABookThatTheFirstOnesUpdatesContinue()
    {
        using var first = await ConnectAsync(_exchange);
        using var second = await ConnectAsync(_exchange);
        await first.SendAsync(Subscribe("spot.obu", "ob.ETH_USDT.400"));
        await first.ReceiveAsync(IsUpdate);
        await second.SendAsync(Subscribe("spot.obu", "ob.ETH_USDT.400"));
        var full = (await second.ReceiveAsync()).GetProperty("result");
        var next = (await second.ReceiveAsync(IsUpdate)).GetProperty("result");

        Assert.That(full.GetProperty("full").GetBoolean(), Is.True);
        Assert.That(next.GetProperty("U").GetInt64(), Is.EqualTo(full.GetProperty("u").GetInt64() + 1));
    }

    [TestCase("20ms")]
    [TestCase("100ms")]
    public async Task DocumentedProcedureRebuildsTheBook(string interval)
    {
        using var socket = await ConnectAsync(_exchange);
        await socket.SendAsync(Subscribe("spot.order_book_update", "BTC_USDT", interval));
        await socket.ReceiveAsync(IsUpdate);
        var snapshot = await _exchange.GetAsync(
            "/gateio/api/v4/spot/order_book?currency_pair=BTC_USDT&limit=100&with_id=true");
        var id = snapshot.GetProperty("id").GetInt64();
        var book = new TestBook();
        book.Apply(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var (last, fulls, straddled) = (0L, 0, false);
        while (fulls == 0)
        {
            var result = (await socket.ReceiveAsync()).GetProperty("result");
            var (from, to) = (result.GetProperty("U").GetInt64(), result.GetProperty("u").GetInt64());
            if (to <= id)
            {
                continue;
            }

            Assert.That(from, last == 0 ? Is.LessThanOrEqualTo(id + 1) : Is.EqualTo(last + 1));
            straddled |= last == 0;
            last = to;
            if (result.TryGetProperty("full", out _))
            {
                fulls++;
                book = new TestBook();
            }

            book.Apply(result.GetProperty("b"), result.GetProperty("a"));
            Assert.That(book.IsCrossed, Is.False);
        }

        Assert.That(straddled, Is.True);
        Assert.That(book.Bids, Has.Count.EqualTo(100), "the whole window in the midst of updates");
    }

    [TestCase("spot.obu", "Alert sub ob.BTC_USDT.50", "ob.BTC_USDT.50", "ob.BTC_USDT.50")]
    [TestCase("spot.obu", "invalid argument ob.BTC_USDT.51", "ob.BTC_USDT.51")]
    [TestCase("spot.obu", "payload is empty")]
    [TestCase("spot.order_book_update", "unknown currency pair NO_PE", "NO_PE", "100ms")]
    [TestCase("spot.order_book_update", "invalid interval 1000ms", "BTC_USDT", "1000ms")]
    [TestCase("spot.order_book_update", "payload is a pair and an interval", "BTC_USDT")]
    [TestCase("spot.weather", "unknown channel spot.weather", "BTC_USDT")]
    public async Task BadArgumentIsRefusedAndRepeated(string channel, string message, params string[] payload)
    {
        using var socket = await ConnectAsync(_exchange);
        await socket.SendAsync(Subscribe(channel, payload));
        var answer = await socket.ReceiveAsync(frame => frame.TryGetProperty("error", out _));

        Assert.That(answer.GetProperty("channel").GetString(), Is.EqualTo(channel));
        Assert.That(answer.GetProperty("payload").GetArrayLength(), Is.EqualTo(payload.Length));
        Assert.That(answer.GetProperty("error").GetProperty("code").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.GetProperty("error").GetProperty("message").GetString(), Is.EqualTo(message));
        Assert.That(answer.GetProperty("result").GetProperty("status").GetString(), Is.EqualTo("fail"));
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"]}""")]
    [TestCase("""{"time":1,"event":"subscribe"}""")]
    public async Task WhatIsNoRequestIsRefusedWithCode1(string request)
    {
        using var socket = await ConnectAsync(_exchange);
        var answer = await socket.AskAsync(request);

        Assert.That(answer.GetProperty("error").GetProperty("code").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task UnknownPairOfAStreamIsAcknowledgedAndSilentAndPingGetsPong()
    {
        using var socket = await ConnectAsync(_exchange);
        var answer = await socket.AskAsync(Subscribe("spot.obu", "ob.NO_PE.50"));
        Assert.That(answer.GetProperty("result").GetProperty("status").GetString(), Is.EqualTo("success"));
        var pong = await socket.AskAsync("""{"time":1,"channel":"spot.ping"}""");
        Assert.That(pong.GetProperty("channel").GetString(), Is.EqualTo("spot.pong"));
    }

    [Test]
    public async Task UnsubscribeEndsTheDataAndTheNextSubscriptionBeginsFull()
    {
        using var socket = await ConnectAsync(_exchange);
        var subscribe = Subscribe("spot.obu", "ob.BTC_USDT.50");
        await socket.SendAsync(subscribe);
        await socket.ReceiveAsync(IsUpdate);
        await socket.SendAsync(subscribe.Replace("\"subscribe\"", "\"unsubscribe\"", StringComparison.Ordinal));
        await socket.ReceiveAsync(frame =>
            frame.TryGetProperty("event", out var happened) && happened.ValueEquals("unsubscribe"));
        await socket.SendAsync("""{"time":1,"channel":"spot.ping"}""");
        Assert.That((await socket.ReceiveAsync()).GetProperty("channel").GetString(), Is.EqualTo("spot.pong"));
        await socket.SendAsync(subscribe);

        Assert.That((await socket.ReceiveAsync()).GetProperty("result").GetProperty("full").GetBoolean(), Is.True);
    }

    [Test]
    public async Task IdleSocketsAreCutWithoutAWord()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with { Clock = clock });
        using var idle = await ConnectAsync(exchange);
        using var quiet = await ConnectAsync(exchange);
        await quiet.AskAsync(Subscribe("spot.obu", "ob.NO_PE.50"));
        clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThatAsync(() => idle.ReceiveBytesAsync(), Throws.InstanceOf<WebSocketException>());
        await quiet.AskAsync("""{"time":1,"channel":"spot.ping"}""");
        clock.Advance(TimeSpan.FromSeconds(59));
        await quiet.AskAsync("""{"time":1,"channel":"spot.ping"}""");
        clock.Advance(TimeSpan.FromSeconds(60));

        await Assert.ThatAsync(() => quiet.ReceiveBytesAsync(), Throws.InstanceOf<WebSocketException>());
    }

    [Test]
    public async Task RestCountsRequestsAndSaysSo()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Gateio = new GateioLimits { RequestsPerTenSeconds = 2 },
        });
        for (var left = 1; left >= 0; left--)
        {
            using var answer = await exchange.RequestAsync("/gateio/api/v4/spot/currency_pairs");
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
            Assert.That(answer.Headers.GetValues("X-Gate-RateLimit-Requests-Remain").Single(), Is.EqualTo($"{left}"));
        }

        using var refused = await exchange.RequestAsync("/gateio/api/v4/spot/currency_pairs");
        Assert.That((int)refused.StatusCode, Is.EqualTo(429));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("TOO_MANY_REQUESTS"));
    }

    [TestCase("currency_pair=NO_PE", "INVALID_CURRENCY_PAIR")]
    [TestCase("", "INVALID_CURRENCY_PAIR")]
    [TestCase("currency_pair=BTC_USDT&limit=101", "INVALID_PARAM_VALUE")]
    [TestCase("currency_pair=BTC_USDT&limit=x", "INVALID_PARAM_VALUE")]
    public async Task BadRestRequestIsRefusedWithItsLabel(string query, string label)
    {
        using var answer = await _exchange.RequestAsync($"/gateio/api/v4/spot/order_book?{query}");

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(label));
    }

    [Test]
    public async Task BookHasAnIdOnRequestAndTenLevelsByDefault()
    {
        var plain = await _exchange.GetAsync("/gateio/api/v4/spot/order_book?currency_pair=BTC_USDT");

        Assert.That(plain.TryGetProperty("id", out _), Is.False);
        Assert.That(plain.GetProperty("asks").GetArrayLength(), Is.EqualTo(10));
    }

    [Test]
    public async Task PairsDeclareLessThanAmountsHave()
    {
        var pair = (await _exchange.GetAsync("/gateio/api/v4/spot/currency_pairs")).EnumerateArray()
            .Single(pair => pair.GetProperty("id").ValueEquals("BTC_USDT"));

        Assert.That(pair.GetProperty("precision").GetInt32(), Is.EqualTo(1));
        Assert.That(pair.GetProperty("amount_precision").GetInt32(), Is.EqualTo(6));
    }

    private static bool IsUpdate(JsonElement frame) =>
        frame.GetProperty("result").ValueKind == JsonValueKind.Object
        && frame.GetProperty("result").TryGetProperty("U", out _);

    private static string Subscribe(string channel, params string[] payload) =>
        $$"""{"time":1,"id":5,"channel":"{{channel}}","event":"subscribe","payload":{{JsonSerializer.Serialize(payload)}}}""";

    private static Task<TestSocket> ConnectAsync(TestExchange exchange) => exchange.ConnectAsync("gateio", "/ws/v4/");
}
