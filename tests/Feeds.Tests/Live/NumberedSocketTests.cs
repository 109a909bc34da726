using System;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Exchange.Venues.Bitfinex;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Bitfinex: a socket whose frames are numbered, books that checksums prove, and its notices.</summary>
[Category(Categories.Loopback)]
public sealed class NumberedSocketTests
{
    [TestCase("BTC/USDT")]
    [TestCase("PEPE/USD", TestName = "prices below a millionth, which are printed with exponents")]
    public async Task ChecksumsProveTheBook(string pair)
    {
        await using var exchange = await ExchangeHost.StartAsync(With(new BitfinexSettings
        {
            HeartbeatComesFirst = true,
            HeartbeatPeriod = TimeSpan.FromMilliseconds(50),
        }));
        using var bench = LiveBench.To(exchange, "bitfinex", pair);
        bench.Until(() => bench.IsLive && bench.Status.ChecksumsChecked > 8, "eight checksums");
        bench.Close();   // the two counts are of one moment only when nothing comes any more
        bench.Until(() => bench.Status.State == BookState.Disconnected, "the end");

        Assert.That(bench.Status.ChecksumsMatched, Is.EqualTo(bench.Status.ChecksumsChecked));
        Assert.That((bench.Status.Gaps, bench.Status.Resyncs), Is.EqualTo((0L, 0L)));
        Assert.That((bench.Status.BidLevels, bench.Status.AskLevels), Is.EqualTo((100L, 100L)));
        Assert.That(bench.Connection.Counters.Heartbeats, Is.Positive);
        Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
    }

    [Test]
    public async Task FrameThatIsMissingIsAGapAndTheBookIsSubscribedAnew()
    {
        await using var exchange = await ExchangeHost.StartAsync(With(new BitfinexSettings { SkippedSequence = 60 }));
        using var bench = LiveBench.To(exchange, "bitfinex", "BTC/USDT");
        bench.Until(() => bench.Status.Resyncs == 1 && bench.IsLive, "a live book behind the gap");

        Assert.That(bench.Status.Gaps, Is.EqualTo(1));
        Assert.That(bench.Status.Snapshots, Is.EqualTo(2));
        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1), "on the same socket");
        Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
    }

    [Test]
    public async Task MaintenanceTakesTheBooksOutUntilItIsOver()
    {
        await using var exchange = await ExchangeHost.StartAsync(With(new BitfinexSettings
        {
            MaintenanceAfter = TimeSpan.FromSeconds(2),
            MaintenanceFor = TimeSpan.FromMilliseconds(500),
        }));
        using var bench = LiveBench.To(exchange, "bitfinex", "BTC/USDT");
        bench.Until(() => bench.IsLive, "a live book");
        bench.Until(
            () => bench.Log.Has("bitfinex: pauses: ") && bench.Status.State != BookState.Live, "the maintenance");
        bench.Until(() => bench.Connection.Counters.Connects == 2 && bench.IsLive, "a live book behind it");

        Assert.That(bench.Log.Has("asks to connect anew"), Is.True);
    }

    [Test]
    public async Task VenueThatIsUnderMaintenanceIsNotAskedForAnything()
    {
        await using var exchange = await ExchangeHost.StartAsync(With(new BitfinexSettings
        {
            MaintenanceAfter = TimeSpan.FromTicks(1),   // has begun when the first client is greeted
            MaintenanceFor = TimeSpan.FromSeconds(3),
        }));
        using var bench = LiveBench.To(exchange, "bitfinex", "BTC/USDT");
        bench.Until(() => bench.Log.Has("bitfinex: pauses: "), "the first notice");
        Assert.That(bench.Connection.Counters.SnapshotRequests, Is.Zero);
        bench.Until(() => bench.IsLive, "a live book when it is over");
    }

    private static ExchangeOptions With(BitfinexSettings settings) => new()
    {
        Instruments = ["BTC/USDT", "PEPE/USD"],
        Rate = 20,
        Bitfinex = settings,
    };
}
