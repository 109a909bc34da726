using System;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>A socket is replaced by a second one before it ends; nobody notices.</summary>
[Category(Categories.Loopback)]
public sealed class RolloverTests
{
    private static ExchangeOptions Options => new()
    {
        Instruments = ["BTC/USDT", "BTC/USD"],
        Rate = 10,
    };

    [Test]
    public async Task SecondSocketTakesOverBeforeTheFirstReachesItsMaximumLife()
    {
        await using var exchange = await ExchangeHost.StartAsync(Options);
        using var benches = new VenueBenches(
            exchange, VenueBenches.All, static options => options with { Life = TimeSpan.FromSeconds(3) });
        benches.BecomeLive();
        benches.Until(static (_, bench) => bench.Connection.Counters.Retirements >= 1, "a second socket in its place");
        benches.AssertNoStateChanged();

        benches.AssertEqualToTheVenues();
        benches.AssertNoStateChanged();
    }

    [Test]
    public async Task VenueThatSaysThatItsSocketEndsIsLeftForAnotherSocketFirst()
    {
        string[] venues = ["binance", "bitstamp", "okx", "bitfinex"];
        await using var exchange = await ExchangeHost.StartAsync(Options);
        using var benches = new VenueBenches(exchange, venues, static options => options);
        benches.BecomeLive();
        foreach (var venue in venues)
        {
            Assert.That(exchange.AnnounceDisconnect(venue), Is.True);
        }

        benches.Until(
            (venue, bench) => bench.Connection.Counters.Retirements == 1 && exchange.SessionsOf(venue) == 1,
            "a second socket, and the end of the first");
        benches.AssertEqualToTheVenues();
        benches.AssertNoStateChanged();
    }

    [Test]
    public async Task SessionThatTheVenueWouldCutIsGoneBefore()
    {
        await using var exchange = await ExchangeHost.StartAsync(
            Options with { SessionLife = TimeSpan.FromSeconds(30) });
        using var benches = new VenueBenches(
            exchange, ["binance", "kraken"], static options => options with { Life = TimeSpan.FromSeconds(1) });
        benches.BecomeLive();
        benches.Until(static (_, bench) => bench.Connection.Counters.Retirements >= 2, "two replacements");

        benches.AssertNoStateChanged();
        Assert.That(benches["binance"].Log.Has("connection lost"), Is.False);
    }

    [Test]
    public async Task SessionThatTheVenueCutsAtItsMaximumLifeComesBack()
    {
        await using var exchange = await ExchangeHost.StartAsync(
            Options with { SessionLife = TimeSpan.FromMilliseconds(600) });
        using var bench = LiveBench.To(exchange, "binance", "BTC/USDT");
        bench.Until(() => bench.Connection.Counters.Connects >= 3, "two cuts");

        Assert.That(bench.Log.Has("connection lost"), Is.True);
    }
}
