using System;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Faults;

/// <summary>Faults of single frames, seen by who listens.</summary>
[Category(Categories.Loopback)]
internal sealed class FrameFaultTests
{
    private FaultBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = await FaultBench.StartAsync("binance", "kraken", "okx");

    [TearDown]
    public Task CalmAsync() => _bench.CalmAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    [Provokes("drop")]
    public async Task DroppedUpdateLeavesAGap()
    {
        using var socket = await _bench.DiffsAsync();
        var last = Last(await socket.ReceiveAsync());
        _bench.Arm("binance", new Fault { Name = "drop", Symbol = "BTC/USDT" });
        JsonElement next;
        while (First(next = await socket.ReceiveAsync()) == last + 1)
        {
            last = Last(next);
        }

        Assert.That(First(next), Is.GreaterThan(last + 1));
        Assert.That(_bench.Exchange.Host.Faults.Provoked("binance")["drop"], Is.EqualTo(1));
        Assert.That(First(await socket.ReceiveAsync()), Is.EqualTo(Last(next) + 1), "one was asked for");
    }

    [Test]
    [Provokes("duplicate")]
    public async Task RepeatedUpdateIsTheSameOnceMore()
    {
        using var socket = await _bench.DiffsAsync();
        _bench.Arm("binance", "duplicate");
        var last = string.Empty;
        var repeated = await FaultBench.NextAsync(socket, text =>
        {
            var isSame = text == last;
            last = text;
            return isSame;
        });

        Assert.That(repeated, Does.Contain("depthUpdate"));
    }

    [Test]
    [Provokes("reorder")]
    public async Task UpdatesChangePlaces()
    {
        using var socket = await _bench.DiffsAsync();
        var last = Last(await socket.ReceiveAsync());
        _bench.Arm("binance", "reorder");
        JsonElement next;
        while (First(next = await socket.ReceiveAsync()) == last + 1)
        {
            last = Last(next);
        }

        var late = await socket.ReceiveAsync();
        Assert.That(First(late), Is.EqualTo(last + 1));
        Assert.That(Last(late), Is.EqualTo(First(next) - 1));
    }

    [TestCase("corrupt-quantity")]
    [TestCase("checksum-wrong")]
    [Provokes("corrupt-quantity")]
    [Provokes("checksum-wrong")]
    public async Task ChecksumIsNotOfWhatWasSent(string name)
    {
        using var socket = await _bench.BookAsync("kraken");
        var book = new TestBook();
        var wrong = 0;
        for (var frames = 0; wrong == 0; frames++)
        {
            var message = await socket.ReceiveAsync(static message =>
                message.TryGetProperty("channel", out var channel) && channel.ValueEquals("book"));
            var data = message.GetProperty("data")[0];
            book.Apply(data.GetProperty("bids"), data.GetProperty("asks"));
            book.Cut(10);
            wrong += book.Checksum() == data.GetProperty("checksum").GetUInt32() ? 0 : 1;
            Assert.That(wrong == 0 || frames >= 5, Is.True, "before the fault everything is right");
            if (frames == 5)
            {
                _bench.Arm("kraken", new Fault { Name = name, Count = 0 });
            }
        }

        Assert.That(wrong, Is.EqualTo(1));
    }

    [Test]
    [Provokes("checksum-zero")]
    public async Task ChecksumIsTheConstantZero()
    {
        using var socket = await _bench.BookAsync("kraken");
        _bench.Arm("kraken", new Fault { Name = "checksum-zero", Count = 0 });
        await FaultBench.NextAsync(socket, static text => text.Contains("\"checksum\":0,", StringComparison.Ordinal));
        await FaultBench.NextAsync(socket, static text => text.Contains("\"checksum\":0,", StringComparison.Ordinal));

        Assert.That(_bench.Exchange.Host.Faults.Provoked("kraken")["checksum-zero"], Is.GreaterThanOrEqualTo(2));
    }

    [TestCase("malformed")]
    [TestCase("truncated")]
    [TestCase("trailing-garbage")]
    [Provokes("malformed")]
    [Provokes("truncated")]
    [Provokes("trailing-garbage")]
    public async Task FrameIsNoJson(string name)
    {
        using var socket = await _bench.DiffsAsync();
        await socket.ReceiveAsync();
        _bench.Arm("binance", name);
        byte[] bytes;
        while (FaultBench.IsJson(bytes = (await socket.ReceiveBytesAsync())!))
        {
        }

        Assert.That(Encoding.ASCII.GetString(bytes), Does.StartWith("{\"e\":\"depthUpdate\""));
        Assert.That(FaultBench.IsJson((await socket.ReceiveBytesAsync())!), Is.True, "one was asked for");
    }

    [Test]
    [Provokes("invalid-utf8")]
    public async Task TextIsNotUtf8()
    {
        using var socket = await _bench.DiffsAsync();
        await socket.ReceiveAsync();
        _bench.Arm("binance", "invalid-utf8");

        Assert.That(async () => await socket.DrainAsync(), Throws.InstanceOf<WebSocketException>());
    }

    [Test]
    [Provokes("finer-tick")]
    public async Task PricesHaveADecimalMore()
    {
        using var socket = await _bench.DiffsAsync();
        _bench.Arm("binance", new Fault { Name = "finer-tick", Count = 0 });
        var text = await FaultBench.NextAsync(socket, static text => text.Contains("[[\"", StringComparison.Ordinal)
            && text.IndexOf('"', text.IndexOf("[[\"", StringComparison.Ordinal) + 3) is var end
            && text[..end].Length - text.LastIndexOf('.', end) == 10);

        Assert.That(FaultBench.IsJson(Encoding.UTF8.GetBytes(text)), Is.True);
    }

    [Test]
    [Provokes("huge-frame")]
    public async Task FrameHasEightMegabytes()
    {
        using var socket = await _bench.DiffsAsync();
        _bench.Arm("binance", "huge-frame");
        byte[] bytes;
        while ((bytes = (await socket.ReceiveBytesAsync())!).Length < 1_000_000)
        {
        }

        Assert.That(bytes, Has.Length.EqualTo(8_000_000));
        Assert.That(FaultBench.IsJson(bytes), Is.True);
    }

    [Test]
    [Provokes("freeze")]
    public async Task OneSymbolFallsSilentUntilItIsSubscribedAnew()
    {
        using var socket = await _bench.Exchange.ConnectAsync(
            "binance", "/stream?streams=btcusdt@depth@100ms/ethusdt@depth@100ms");
        _bench.Arm("binance", new Fault { Name = "freeze", Symbol = "BTCUSDT" });
        for (var others = 0; others < 10;)
        {
            others = await NextIsBitcoinAsync(socket) ? 0 : others + 1;
        }

        await socket.SendAsync("""{"method":"UNSUBSCRIBE","params":["btcusdt@depth@100ms"],"id":1}""");
        await socket.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":2}""");
        while (!await NextIsBitcoinAsync(socket))
        {
        }

        Assert.That(_bench.Exchange.Host.Faults.Provoked("binance")["freeze"], Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    [Provokes("never-served")]
    public async Task SubscriptionIsAcknowledgedAndNeverServed()
    {
        _bench.Arm("kraken", "never-served");
        using var socket = await _bench.BookAsync("kraken");
        await FaultBench.NextAsync(socket, static text => text.Contains("\"success\":true", StringComparison.Ordinal));
        await socket.SendAsync("""{"method":"ping"}""");
        var between = new List<string>();
        await FaultBench.NextAsync(socket, text =>
        {
            between.Add(text);
            return text.Contains("\"pong\"", StringComparison.Ordinal);
        });

        Assert.That(between, Has.None.Contains("\"bids\""), "a snapshot would have come before the pong");
        Assert.That(_bench.Exchange.Host.Faults.Provoked("kraken")["never-served"], Is.EqualTo(1));
    }

    [Test]
    [Provokes("snapshot-lost")]
    public async Task SnapshotNeverComes()
    {
        _bench.Arm("kraken", "snapshot-lost");
        using var socket = await _bench.BookAsync("kraken");

        Assert.That(
            await FaultBench.NextAsync(socket, static text => text.Contains("\"bids\"", StringComparison.Ordinal)),
            Does.Contain("\"type\":\"update\""));
    }

    [Test]
    [Provokes("ack-late")]
    public async Task SnapshotComesBeforeItsAcknowledgement()
    {
        _bench.Arm("kraken", "ack-late");
        using var socket = await _bench.BookAsync("kraken");
        await FaultBench.NextAsync(socket, static text =>
            text.Contains("\"type\":\"snapshot\"", StringComparison.Ordinal)
            || (text.Contains("\"method\"", StringComparison.Ordinal) ? throw new AssertionException(text) : false));
        await FaultBench.NextAsync(socket, static text => text.Contains("\"method\"", StringComparison.Ordinal));

        Assert.That(_bench.Exchange.Host.Faults.Provoked("kraken")["ack-late"], Is.EqualTo(1));
    }

    [Test]
    [Provokes("lag")]
    public async Task FramesComeLate()
    {
        using var socket = await _bench.DiffsAsync();
        await socket.ReceiveAsync();
        _bench.Arm("binance", new Fault { Name = "lag", Delay = TimeSpan.FromMilliseconds(300) });
        var late = 0.0;
        while (late < 250)
        {
            var made = (await socket.ReceiveAsync()).GetProperty("E").GetInt64();
            late = (DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(made)).TotalMilliseconds;
        }

        Assert.That(late, Is.GreaterThanOrEqualTo(250));
    }

    [Test]
    [Provokes("delist")]
    public async Task SymbolIsListedNoMoreAndRefused()
    {
        _bench.Arm("okx", new Fault { Name = "delist", Symbol = "BTC/USDT" });
        using var socket = await _bench.BookAsync("okx");
        var refusal = await FaultBench.NextAsync(socket, static _ => true);
        var list = await _bench.Exchange.Http.GetStringAsync(
            new Uri("/okx/api/v5/public/instruments?instType=SPOT", UriKind.Relative));
        _bench.Exchange.Host.Faults.Clear("okx");
        using var later = await _bench.BookAsync("okx");

        Assert.That(refusal, Does.Contain("60018").And.Contain("BTC-USDT"));
        Assert.That(list, Does.Contain("\"ETH-USDT\"").And.Not.Contain("\"BTC-USDT\""));
        Assert.That(await FaultBench.NextAsync(later, static _ => true), Does.Contain("\"event\":\"subscribe\""));
    }

    private static async Task<bool> NextIsBitcoinAsync(TestSocket socket) =>
        (await FaultBench.NextAsync(socket, static text => text.Contains("depthUpdate", StringComparison.Ordinal)))
            .Contains("btcusdt", StringComparison.Ordinal);

    private static long First(JsonElement diff) => diff.GetProperty("U").GetInt64();

    private static long Last(JsonElement diff) => diff.GetProperty("u").GetInt64();
}
