using System;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Two sockets to each venue, of which the venue cuts one after the other.</summary>
[Category(Categories.Loopback)]
public sealed class TwoSocketsTests
{
    private const int Cuts = 3;

    [Test]
    public async Task LossOfEitherSocketLosesNothing()
    {
        await using var exchange = await ExchangeHost.StartAsync(new ExchangeOptions
        {
            Instruments = ["BTC/USDT", "BTC/USD"],
            Rate = 10,
        });
        using var benches = new VenueBenches(
            exchange, VenueBenches.All, static options => options with { Connections = 2 });
        benches.BecomeLive();
        var random = new Random(20_261);
        for (var cut = 0; cut < Cuts; cut++)
        {
            var connects = 2 + cut;
            benches.Until(
                (venue, bench) => bench.Connection.Counters.Connects == connects
                    && exchange.SessionsOf(venue) == 2 && bench.Connection.IsRedundant,
                "two sockets with the same book");
            benches.AssertNoStateChanged();
            foreach (var venue in VenueBenches.All)
            {
                Assert.That(exchange.CutSession(venue, newest: random.Next(2) == 0), Is.True);
            }

            benches.Until(
                (_, bench) => bench.Connection.Counters.Disconnects >= connects - 1, "the loss of a socket");
        }

        benches.AssertEqualToTheVenues();
        benches.AssertNoStateChanged();
    }
}
