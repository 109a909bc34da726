using LowLatencyQuoter.Client.Terminal;
using LowLatencyQuoter.Client.Tests.Serving;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Terminal;

public sealed class SweepTests
{
    [Test]
    public void BuyingTwoLevelsCostsBoth()
    {
        var sweep = Sweep.Of(SampleQuotes.ThreeLevels(), 2)!.Value;

        Assert.That((sweep.IsBuy, sweep.Levels, sweep.Amount), Is.EqualTo((true, 2, 1.75)));
        Assert.That(sweep.Cost, Is.EqualTo((0.75 * 68_000.1) + 68_000.4).Within(1e-9));
        Assert.That(sweep.Average, Is.EqualTo(sweep.Cost / 1.75).Within(1e-9));
        Assert.That(sweep.BasisPoints, Is.EqualTo((sweep.Average - 68_000.1) / 68_000.1 * 1e4).Within(1e-9));
    }

    [Test]
    public void SellingTheBestLevelIsNoWorseThanTheBest()
    {
        var sweep = Sweep.Of(SampleQuotes.ThreeLevels(), -1)!.Value;

        Assert.That((sweep.IsBuy, sweep.Amount, sweep.BasisPoints), Is.EqualTo((false, 1.25, 0.0)));
    }

    [Test]
    public void ACursorBeyondTheBookTakesAllOfIt() =>
        Assert.That(Sweep.Of(SampleQuotes.ThreeLevels(), 99)!.Value.Levels, Is.EqualTo(3));

    [Test]
    public void WithoutACursorOrWithoutLevelsThereIsNone()
    {
        Assert.That(Sweep.Of(SampleQuotes.ThreeLevels(), 0), Is.Null);
        Assert.That(Sweep.Of(new Summary(), 1), Is.Null);
    }
}
