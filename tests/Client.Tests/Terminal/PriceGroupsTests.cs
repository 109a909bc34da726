using System.Linq;
using LowLatencyQuoter.Client.Terminal;
using LowLatencyQuoter.Client.Tests.Serving;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Terminal;

public sealed class PriceGroupsTests
{
    [TestCase(0, 1, 0.0)]
    [TestCase(1, 1, 0.1)]
    [TestCase(2, 1, 0.2)]
    [TestCase(3, 1, 0.5)]
    [TestCase(4, 1, 1.0)]
    [TestCase(9, 1, 50.0)]
    [TestCase(1, 8, 0.00000001)]
    public void StepsAreOneTwoFive(int group, int decimals, double step) =>
        Assert.That(PriceGroups.Step(group, decimals), Is.EqualTo((decimal)step));

    [Test]
    public void AsksGoUpAndBidsDownAndAmountsAdd()
    {
        var quote = SampleQuotes.ThreeLevels();

        var asks = PriceGroups.Of(LadderSide.Of(quote.Asks, 9), 1, isAsk: true);
        var bids = PriceGroups.Of(LadderSide.Of(quote.Bids, 9), 1, isAsk: false);

        Assert.That(
            asks.Rows.Select(static row => (row.Venue, row.Price, row.Amount, row.Cumulative)),
            Is.EqualTo([("several", 68_001.0, 1.75, 1.75), ("binance", 68_002.0, 3.0, 4.75)]));
        Assert.That(
            bids.Rows.Select(static row => (row.Venue, row.Price, row.Amount, row.Cumulative)),
            Is.EqualTo([("several", 67_999.0, 1.75, 1.75), ("kraken", 67_998.0, 2.0, 3.75)]));
        Assert.That(asks.Cumulative, Is.EqualTo(4.75));
    }

    [Test]
    public void WhatIsOneGroupAlreadyStaysInItsPlace()
    {
        var side = LadderSide.Of(SampleQuotes.ThreeLevels().Asks, 9);

        Assert.That(PriceGroups.Of(side, 0.1m, isAsk: true).Rows, Is.EqualTo(side.Rows));
        Assert.That(PriceGroups.Of(side, 0, isAsk: true), Is.SameAs(side));
    }

    [Test]
    public void NumbersBeyondDecimalsStayAsTheyAre()
    {
        var side = LadderSide.Of([SampleQuotes.Level("kraken", 1e300, 1)], 9);

        Assert.That(PriceGroups.Of(side, 10, isAsk: true), Is.SameAs(side));
    }
}
