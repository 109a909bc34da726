using System;
using System.Globalization;
using LowLatencyQuoter.Engine.Quote;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Quote;

public sealed class FeeRateTests
{
    [TestCase("0.001", 1_000)]
    [TestCase("0.00075", 750)]
    [TestCase("-0.0001", -100)]
    [TestCase("0.000001", 1)]
    [TestCase("0", 0)]
    [TestCase("0.999999", 999_999)]
    public void FractionIsTakenExactly(string fraction, int hundredths)
    {
        Assert.That(FeeRate.TryFrom(decimal.Parse(fraction, CultureInfo.InvariantCulture), out var fee), Is.True);
        Assert.That(fee.Hundredths, Is.EqualTo(hundredths));
    }

    [TestCase("0.0000001")]
    [TestCase("0.0012345678")]
    [TestCase("1")]
    [TestCase("-1")]
    [TestCase("79228162514264337593543950335")]
    public void FractionThatIsFinerOrTooLargeIsRefused(string fraction) =>
        Assert.That(FeeRate.TryFrom(decimal.Parse(fraction, CultureInfo.InvariantCulture), out _), Is.False);

    [TestCase(1_000_000)]
    [TestCase(-1_000_000)]
    [TestCase(int.MinValue)]
    public void WholePriceIsNoFee(int hundredths) =>
        Assert.That(() => new FeeRate(hundredths), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
