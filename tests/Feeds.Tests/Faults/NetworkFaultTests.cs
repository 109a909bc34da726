using System;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Tests.Live;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Faults;

/// <summary>What networks do to a connection, between the exchange and the feed.</summary>
[Category(Categories.Loopback)]
public sealed class NetworkFaultTests
{
    private ExchangeHost _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await ExchangeHost.StartAsync(new ExchangeOptions
    {
        Venues = ["binance", "kraken", "okx"],
        Instruments = ["BTC/USDT"],
        Rate = 20,
    });

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [Test]
    public async Task ResetInTheMiddleOfAFrameIsTheFaultOfOneVenueAndRecoveredFrom()
    {
        await using var proxy = new ChaosProxy(_exchange.Port, 1) { Toxics = new Toxics { LimitBytes = 30_001 } };
        using var bench = Bench(proxy, "kraken");
        using var other = LiveBench.To(_exchange, "okx", "BTC/USDT");
        other.Until(() => other.IsLive, "a live book");
        bench.Until(() => bench.Connection.Counters.Disconnects >= 1, "the reset");
        proxy.Toxics = new Toxics();
        bench.Until(() => bench.IsLive && bench.Connection.Counters.Connects >= 2, "a live book again");

        Assert.That(other.Connection.Counters.Connects, Is.EqualTo(1), "the other venue noticed nothing");
        Assert.That(other.IsLive, Is.True);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ConnectionThatGoesSilentWithoutAnEndIsLeft(bool isHalfOpen)
    {
        await using var proxy = new ChaosProxy(_exchange.Port, 2);
        using var bench = Bench(
            proxy, "kraken", options => options with { PingAfter = TimeSpan.FromMilliseconds(300) });
        bench.Until(() => bench.IsLive, "a live book");
        proxy.Toxics = new Toxics { IsHalfOpen = isHalfOpen, IsBlackHole = !isHalfOpen };
        bench.Until(() => bench.Connection.Counters.Disconnects >= 1 && !bench.IsLive, "the end of patience");
        proxy.Toxics = new Toxics();
        bench.Until(() => bench.IsLive && bench.Connection.Counters.Connects >= 2, "a live book again");
    }

    [Test]
    public void SilenceIsLeftWithinTenSeconds()
    {
        var options = new ConnectionOptions
        {
            Socket = new Uri("ws://127.0.0.1:1"),
            Rest = new Uri("http://127.0.0.1:1"),
            Books = [],
        };

        Assert.That(2 * options.PingAfter, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(options.SnapshotLimit, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task VenueThatDripsIsStaleByTheAgeOfItsBook()
    {
        await using var proxy = new ChaosProxy(_exchange.Port, 3);
        using var bench = Bench(
            proxy, "binance", options => options with
            {
                Rest = _exchange.RestAddress("binance"),
                PingAfter = TimeSpan.FromMinutes(5),
            });
        bench.Until(() => bench.IsLive, "a live book");
        proxy.Toxics = new Toxics { SliceMax = 1, BytesPerSecond = 20 };
        bench.Until(() => bench.Connection.Counters.SilentBooks >= 1, "the verdict although bytes come");

        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1), "the socket lives");
    }

    [Test]
    public void NameWithoutAnAddressIsAskedForWithEachAttempt()
    {
        using var bench = new LiveBench("kraken", "BTC/USDT", options => options with
        {
            Socket = new Uri("ws://no-such-venue.invalid"),
            Rest = _exchange.RestAddress("kraken"),
            ReconnectDelayMax = TimeSpan.FromMilliseconds(20),
        });
        bench.Until(() => bench.Connection.Counters.Disconnects >= 3, "three attempts");

        Assert.That(bench.Log.ToString(), Does.Contain("no-such-venue.invalid"));
        Assert.That(bench.Connection.Counters.Connects, Is.Zero);
    }

    [Test]
    public async Task UpdatesThatComeAllAtOnceAreTakenWithoutALoss()
    {
        await using var proxy = new ChaosProxy(_exchange.Port, 4);
        using var bench = Bench(
            proxy, "okx", options => options with { PingAfter = TimeSpan.FromMinutes(1) });
        bench.Until(() => bench.IsLive, "a live book");
        proxy.Toxics = new Toxics { IsBlackHole = true };
        await Task.Delay(1_500);      // what the venue says meanwhile comes at once
        var updates = bench.Status.Updates;
        proxy.Toxics = new Toxics();
        bench.Until(() => bench.Status.Updates > updates + 100, "a hundred updates");

        Assert.That((bench.Status.Gaps, bench.Status.Faults, bench.Status.Resyncs), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1));
    }

    private static LiveBench Bench(
        ChaosProxy proxy, string venue, Func<ConnectionOptions, ConnectionOptions>? configure = null) =>
        new(venue, "BTC/USDT", options =>
        {
            options = options with
            {
                Socket = new Uri($"ws://127.0.0.1:{proxy.Port}/{venue}"),
                Rest = new Uri($"http://127.0.0.1:{proxy.Port}/{venue}"),
            };
            return configure is null ? options : configure(options);
        });
}
