using System;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Faults;

/// <summary>Faults of whole connections, of the market and of dialects, and how they are switched over HTTP.</summary>
[Category(Categories.Loopback)]
internal sealed class ConnectionFaultTests
{
    private FaultBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = await FaultBench.StartAsync(
        "binance", "kraken", "okx", "bybit", "gateio", "kucoin", "coinbase", "cryptocom");

    [TearDown]
    public Task CalmAsync() => _bench.CalmAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    [Provokes("reset")]
    public async Task SocketsAreCutWithoutAWord()
    {
        using var socket = await _bench.DiffsAsync();
        await socket.ReceiveAsync();
        _bench.Arm("binance", "reset");

        Assert.That(async () => await socket.DrainAsync(), Throws.InstanceOf<WebSocketException>());
    }

    [Test]
    [Provokes("close")]
    public async Task SocketsAreClosedWithACode()
    {
        using var socket = await _bench.DiffsAsync();
        await socket.ReceiveAsync();
        _bench.Arm("binance", new Fault { Name = "close", Code = 1012 });
        await socket.DrainAsync();

        Assert.That(socket.CloseStatus, Is.EqualTo((WebSocketCloseStatus)1012));
    }

    [Test]
    [Provokes("notice")]
    public async Task VenueTellsThatItEnds()
    {
        using var socket = await _bench.DiffsAsync();
        await socket.ReceiveAsync();
        _bench.Arm("binance", "notice");

        Assert.That(
            await FaultBench.NextAsync(socket, static text => !text.Contains("depthUpdate", StringComparison.Ordinal)),
            Does.Contain("serverShutdown"));
    }

    [Test]
    [Provokes("refuse-connect")]
    public async Task HandshakeIsAnsweredWithAStatus()
    {
        _bench.Arm("binance", "refuse-connect");

        Assert.That(async () => await _bench.DiffsAsync(), Throws.InstanceOf<WebSocketException>()
            .With.Message.Contains("429"));
        using var second = await _bench.DiffsAsync();
        Assert.That((await second.ReceiveAsync()).GetProperty("e").GetString(), Is.EqualTo("depthUpdate"));
    }

    [Test]
    [Provokes("crossed")]
    public async Task BidStandsAboveTheAskForAWhile()
    {
        using var socket = await _bench.Exchange.ConnectAsync("binance", "/ws/btcusdt@bookTicker");
        _bench.Arm("binance", new Fault { Name = "crossed", Symbol = "BTCUSDT", For = TimeSpan.FromMilliseconds(200) });
        await socket.ReceiveAsync(static top => Price(top, "b") >= Price(top, "a"));
        var healed = await socket.ReceiveAsync(static top => Price(top, "b") < Price(top, "a"));

        Assert.That(Price(healed, "b"), Is.GreaterThan(0));
    }

    [Test]
    [Provokes("trend")]
    public async Task MarketWalksAway()
    {
        using var socket = await _bench.Exchange.ConnectAsync("binance", "/ws/btcusdt@bookTicker");
        var before = Price(await socket.ReceiveAsync(), "b");
        _bench.Arm("binance", new Fault { Name = "trend", Symbol = "BTC/USDT", BasisPoints = 100 });
        var after = await socket.ReceiveAsync(top => Price(top, "a") > before * 1.009m);

        Assert.That(Price(after, "a"), Is.GreaterThan(before));
    }

    [TestCase("bybit", "\"type\":\"snapshot\"")]
    [TestCase("gateio", "\"full\":true")]
    [TestCase("kraken", "\"type\":\"snapshot\"")]
    [TestCase("okx", "\"action\":\"snapshot\"")]
    [Provokes("snapshot-midstream")]
    public async Task WholeBookComesBetweenUpdates(string venue, string mark)
    {
        using var socket = await _bench.BookAsync(venue);
        await FaultBench.NextAsync(socket, text => text.Contains(mark, StringComparison.Ordinal));
        await FaultBench.NextAsync(socket, text => !text.Contains(mark, StringComparison.Ordinal));
        _bench.Arm(venue, new Fault { Name = "snapshot-midstream", Symbol = "BTC/USDT" });
        await FaultBench.NextAsync(socket, text => text.Contains(mark, StringComparison.Ordinal));

        Assert.That(_bench.Exchange.Host.Faults.Provoked(venue)["snapshot-midstream"], Is.EqualTo(1));
    }

    [Test]
    [Provokes("service-restart")]
    public async Task CountBeginsAnew()
    {
        using var socket = await _bench.BookAsync("bybit");
        await FaultBench.NextAsync(socket, static text => text.Contains("\"delta\"", StringComparison.Ordinal));
        _bench.Arm("bybit", "service-restart");
        var restart = await FaultBench.NextAsync(socket, static text =>
            text.Contains("\"u\":1,", StringComparison.Ordinal));
        var next = await FaultBench.NextAsync(socket, static _ => true);

        Assert.That(restart, Does.Contain("\"snapshot\""));
        Assert.That(next, Does.Contain("\"u\":2,").And.Contain("\"delta\""));
    }

    [Test]
    [Provokes("sequence-falls")]
    public async Task IdFallsAndTheChainGoesOn()
    {
        using var socket = await _bench.BookAsync("okx");
        await socket.ReceiveAsync(static message => message.TryGetProperty("action", out _));
        _bench.Arm("okx", "sequence-falls");
        var fallen = await socket.ReceiveAsync(static message => Id(message, "prevSeqId") > Id(message, "seqId"));
        var next = await socket.ReceiveAsync(static message => Id(message, "seqId") > 0);

        Assert.That(Id(next, "prevSeqId"), Is.EqualTo(Id(fallen, "seqId")));
    }

    [TestCase("okx", "seqId", "prevSeqId")]
    [TestCase("cryptocom", "u", "pu")]
    [Provokes("idle-tick")]
    public async Task SignOfLifeRepeatsTheId(string venue, string id, string previous)
    {
        using var socket = await _bench.BookAsync(venue);
        await FaultBench.NextAsync(socket, text =>
            text.Contains($"\"{previous}\":", StringComparison.Ordinal) && Number(text, previous) > 0);
        _bench.Arm(venue, "idle-tick");
        var tick = await FaultBench.NextAsync(socket, text =>
            text.Contains($"\"{previous}\":", StringComparison.Ordinal) && Number(text, id) == Number(text, previous));

        Assert.That(tick, Does.Contain("\"asks\":[]").And.Contain("\"bids\":[]"));
    }

    [Test]
    [Provokes("live-checksum")]
    public async Task ChecksumsAreRealAgain()
    {
        using var socket = await _bench.BookAsync("okx");
        var dead = await socket.ReceiveAsync(static message => message.TryGetProperty("action", out _));
        _bench.Arm("okx", "live-checksum");
        var live = await socket.ReceiveAsync(static message => Id(message, "checksum") is not 0);

        Assert.That(Id(dead, "checksum"), Is.Zero);
        Assert.That(live.GetProperty("action").GetString(), Is.EqualTo("update"));
    }

    [Test]
    [Provokes("expired-tokens")]
    public async Task TokenIsGoodNoMore()
    {
        using var granted = await _bench.Exchange.Http.PostAsync(
            new Uri("/kucoin/api/v1/bullet-public", UriKind.Relative), null);
        using var document = JsonDocument.Parse(await granted.Content.ReadAsByteArrayAsync());
        var token = document.RootElement.GetProperty("data").GetProperty("token").GetString()!;
        _bench.Arm("kucoin", "expired-tokens");
        using var socket = await _bench.Exchange.ConnectAsync("kucoin", $"/?token={Uri.EscapeDataString(token)}");

        Assert.That(await FaultBench.NextAsync(socket, static _ => true), Does.Contain("error"));
    }

    [TestCase("coinbase", "requires authentication")]
    [TestCase("okx", "Please log in")]
    [Provokes("private-channel")]
    public async Task PublicChannelWantsALogin(string venue, string words)
    {
        _bench.Arm(venue, "private-channel");
        using var refused = await _bench.BookAsync(venue);
        var answer = await FaultBench.NextAsync(refused, static _ => true);
        _bench.Exchange.Host.Faults.Clear(venue);
        using var accepted = await _bench.BookAsync(venue);

        Assert.That(answer, Does.Contain(words));
        Assert.That(
            await FaultBench.NextAsync(accepted, static _ => true), Does.Contain("subscri").And.Not.Contain(words));
    }

    [Test]
    public async Task FaultsAreSwitchedOverHttp()
    {
        using var socket = await _bench.DiffsAsync();
        var address = new Uri("/control/faults/binance", UriKind.Relative);
        using var armed = await _bench.Exchange.Http.PutAsync(address, Body("""{"name":"drop","count":0}"""));
        var shown = await _bench.Exchange.GetAsync(address.ToString());
        using var cleared = await _bench.Exchange.Http.DeleteAsync(address);
        var catalog = await _bench.Exchange.GetAsync("/control/faults");

        Assert.Multiple(() =>
        {
            Assert.That((int)armed.StatusCode, Is.EqualTo(200));
            Assert.That(shown.GetProperty("armed")[0].GetProperty("name").GetString(), Is.EqualTo("drop"));
            Assert.That((int)cleared.StatusCode, Is.EqualTo(200));
            Assert.That(_bench.Exchange.Host.Faults.Armed("binance"), Is.Empty);
            Assert.That(catalog.GetArrayLength(), Is.EqualTo(FaultCatalog.All.Count));
        });
    }

    [TestCase("""{"name":"nonsense"}""", "unknown fault 'nonsense': choose from drop")]
    [TestCase("""{"name":"service-restart"}""", "binance cannot show 'service-restart': it is for bybit")]
    [TestCase("""{"name":"drop","symbol":"NO/PE"}""", "binance lists no 'NO/PE'")]
    [TestCase("""{"name":"drop","many":5}""", "unknown field 'many'")]
    [TestCase("""{"name":"drop","count":"5"}""", "field 'count'")]
    [TestCase("""{"count":5}""", "has no name")]
    [TestCase("""{"count":""", "no JSON")]
    public async Task WrongFaultIsRefusedWithTheReason(string body, string reason)
    {
        using var answer = await _bench.Exchange.Http.PutAsync(
            new Uri("/control/faults/binance", UriKind.Relative), Body(body));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(reason));
        Assert.That(_bench.Exchange.Host.Faults.Armed("binance"), Is.Empty);
    }

    private static StringContent Body(string text) => new(text, Encoding.UTF8, "application/json");

    private static decimal Price(JsonElement top, string name) => decimal.Parse(
        top.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static long? Id(JsonElement message, string name) =>
        message.TryGetProperty("data", out var data) ? data[0].GetProperty(name).GetInt64() : null;

    private static long Number(string text, string name)
    {
        var start = text.IndexOf($"\"{name}\":", StringComparison.Ordinal) + name.Length + 3;
        var end = start;
        while (char.IsAsciiDigit(text[end]) || text[end] == '-')
        {
            end++;
        }

        return long.Parse(text.AsSpan(start, end - start), System.Globalization.CultureInfo.InvariantCulture);
    }
}
