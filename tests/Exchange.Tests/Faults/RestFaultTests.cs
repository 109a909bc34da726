using System;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Faults;

/// <summary>Faults of snapshots that are asked for.</summary>
[Category(Categories.Loopback)]
internal sealed class RestFaultTests
{
    private const string Bitcoin = "/binance/api/v3/depth?symbol=BTCUSDT&limit=100";
    private const string Ether = "/binance/api/v3/depth?symbol=ETHUSDT&limit=100";

    private FaultBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = await FaultBench.StartAsync("binance");

    [TearDown]
    public Task CalmAsync() => _bench.CalmAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    [Provokes("rest-stale")]
    public async Task SnapshotIsTheOneBeforeSoManyTimes()
    {
        var before = await IdAsync();
        using var socket = await _bench.DiffsAsync();
        await socket.ReceiveAsync(diff => diff.GetProperty("U").GetInt64() > before);
        _bench.Arm("binance", new Fault { Name = "rest-stale", Count = 2, Symbol = "BTC/USDT" });

        Assert.That(await IdAsync(), Is.EqualTo(before));
        Assert.That(await IdAsync(), Is.EqualTo(before));
        Assert.That(await IdAsync(), Is.GreaterThan(before));
    }

    [Test]
    [Provokes("rest-slow")]
    public async Task SnapshotIsLateAndAsOldAsThat()
    {
        _bench.Arm("binance", new Fault { Name = "rest-slow", Delay = TimeSpan.FromMilliseconds(400) });
        var started = Stopwatch.GetTimestamp();
        var slow = await IdAsync();

        Assert.That(Stopwatch.GetElapsedTime(started), Is.GreaterThan(TimeSpan.FromMilliseconds(390)));
        Assert.That(await IdAsync(), Is.GreaterThan(slow));
    }

    [Test]
    [Provokes("rest-never")]
    public async Task SnapshotNeverComes()
    {
        await IdAsync();
        _bench.Arm("binance", "rest-never");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        Assert.That(
            async () => await _bench.Exchange.Http.GetAsync(new Uri(Bitcoin, UriKind.Relative), patience.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await IdAsync(), Is.GreaterThan(0));
    }

    [Test]
    [Provokes("rest-status")]
    public async Task SnapshotIsRefusedWithAStatus()
    {
        _bench.Arm("binance", new Fault { Name = "rest-status", Code = 418, RetryAfterSeconds = 3 });
        using var refused = await _bench.Exchange.RequestAsync(Bitcoin);
        using var served = await _bench.Exchange.RequestAsync(Bitcoin);

        Assert.That((int)refused.StatusCode, Is.EqualTo(418));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That((int)served.StatusCode, Is.EqualTo(200));
    }

    [TestCase("rest-truncated", "{\"lastUpdateId\":")]
    [TestCase("rest-malformed", "<html>")]
    [Provokes("rest-truncated")]
    [Provokes("rest-malformed")]
    public async Task SnapshotIsNoJson(string name, string beginning)
    {
        _bench.Arm("binance", name);
        var body = await _bench.Exchange.Http.GetByteArrayAsync(new Uri(Bitcoin, UriKind.Relative));

        Assert.That(FaultBench.IsJson(body), Is.False);
        Assert.That(System.Text.Encoding.UTF8.GetString(body), Does.StartWith(beginning));
    }

    [Test]
    [Provokes("rest-wrong-symbol")]
    public async Task SnapshotIsOfAnotherSymbol()
    {
        var ether = await _bench.Exchange.Http.GetStringAsync(new Uri(Ether, UriKind.Relative));
        _bench.Arm("binance", "rest-wrong-symbol");

        Assert.That(await _bench.Exchange.Http.GetStringAsync(new Uri(Bitcoin, UriKind.Relative)), Is.EqualTo(ether));
    }

    [Test]
    [Provokes("rest-huge")]
    public async Task SnapshotHasEightMegabytes()
    {
        _bench.Arm("binance", "rest-huge");
        var body = await _bench.Exchange.Http.GetByteArrayAsync(new Uri(Bitcoin, UriKind.Relative));

        Assert.That(body, Has.Length.EqualTo(8_000_000));
        Assert.That(FaultBench.IsJson(body), Is.True);
    }

    private async Task<long> IdAsync()
    {
        using var document = JsonDocument.Parse(
            await _bench.Exchange.Http.GetStringAsync(new Uri(Bitcoin, UriKind.Relative)));
        return document.RootElement.GetProperty("lastUpdateId").GetInt64();
    }
}
