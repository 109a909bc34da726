using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Exchange.Venues.Okx;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>However often a venue cuts, it is not connected to more often than it allows.</summary>
public sealed class DialBudgetTests
{
    private const long Milli = 1_000_000;

    private static IEnumerable<string> Limited =>
        from venue in VenueRegistry.All
        where venue.Profile.ConnectionLimits.Length != 0
        select venue.Profile.Name;

    [TestCaseSource(nameof(Limited))]
    public void NoWindowOfAVenuesLimitHoldsMoreAttemptsThanItAllows(string name)
    {
        VenueRegistry.TryFind(name, out var venue);
        var budget = new DialBudget(venue.Profile.ConnectionLimits);
        var random = new Random(7);
        var links = Enumerable.Range(0, 40)
            .Select(_ => (Policy: new ReconnectPolicy(TimeSpan.FromSeconds(30), random), Next: 0L)).ToArray();
        var dialed = new List<long>();
        for (var nanos = 0L; nanos < 700_000 * Milli; nanos += 50 * Milli)
        {
            for (var link = 0; link < links.Length; link++)
            {
                if (nanos >= links[link].Next && budget.TryTake(nanos))
                {
                    dialed.Add(nanos);
                    links[link].Next = nanos + (links[link].Policy.NextDelayMillis() * Milli);
                    if (random.Next(3) == 0)
                    {
                        links[link].Policy.Reset();   // it was up for a while, and is cut
                    }
                }
            }
        }

        Assert.That(dialed, Has.Count.GreaterThan(20));
        foreach (var limit in venue.Profile.ConnectionLimits)
        {
            var window = limit.Window.Ticks * 100;
            for (var first = 0; first + limit.Weight < dialed.Count; first++)
            {
                Assert.That(dialed[first + limit.Weight] - dialed[first], Is.GreaterThan(window));
            }
        }
    }

    [Test]
    [Category(Categories.Loopback)]
    public async Task TwentyForcedDisconnectsOfTwoConnectionsTripNoLimit()
    {
        const int PerSecond = 8;
        await using var exchange = await ExchangeHost.StartAsync(new ExchangeOptions
        {
            Instruments = ["BTC/USDT"],
            Venues = ["okx"],
            Okx = new OkxSettings { ConnectionsPerSecond = PerSecond },
        });
        var dials = new DialBudget([new RestLimit(PerSecond, TimeSpan.FromSeconds(1))]);
        using var first = LiveBench.To(exchange, "okx", "BTC/USDT", options => options with { Dials = dials });
        using var second = LiveBench.To(exchange, "okx", "BTC/USDT", options => options with { Dials = dials });
        for (var cut = 0; cut < 20; cut++)
        {
            first.Until(() => exchange.CutSession("okx", newest: cut % 2 == 0), "a session to cut");
        }

        first.Until(() => first.IsLive && second.IsLive, "two live books");
        Assert.That(first.Log.ToString() + second.Log, Does.Not.Contain("429"));
    }
}
