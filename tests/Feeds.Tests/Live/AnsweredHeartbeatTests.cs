using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Exchange.Venues.Cryptocom;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Crypto.com: heartbeats that want an answer, and a second of patience before the first request.</summary>
[Category(Categories.Loopback)]
public sealed class AnsweredHeartbeatTests
{
    private const int Text = 1;

    [Test]
    public async Task HeartbeatsAreAnsweredAsOftenAsTheyCome()
    {
        await using var exchange = await ExchangeHost.StartAsync(new ExchangeOptions
        {
            Instruments = ["BTC/USDT"],
            Rate = 20,
            Cryptocom = new CryptocomSettings { HeartbeatPeriod = TimeSpan.FromMilliseconds(100) },
        });
        using var bench = LiveBench.To(exchange, "cryptocom", "BTC/USDT");
        bench.Until(() => bench.IsLive && bench.Connection.Counters.Heartbeats >= 20, "twenty heartbeats");

        Assert.That(
            bench.Connection.Counters.Connects, Is.EqualTo(1), "the third that is not answered cuts the socket");
        Assert.That((bench.Status.Gaps, bench.Status.Unproven), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void NothingIsAskedForInTheFirstSecond()
    {
        var opened = 0L;
        var asked = 0L;
        using var peer = new RawPeer((stream, _) =>
        {
            Interlocked.CompareExchange(ref opened, Environment.TickCount64, 0);
            if (RawPeer.ReadFrame(stream) == Text)
            {
                Interlocked.CompareExchange(ref asked, Environment.TickCount64, 0);
            }
        });
        using var bench = new LiveBench(
            "cryptocom", "BTC/USDT", options => options with { Socket = peer.Address });
        bench.Until(() => Volatile.Read(ref asked) != 0, "the subscription");

        Assert.That(asked - opened, Is.GreaterThan(900));
    }
}
