using System.Globalization;
using FsCheck.Fluent;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Formatting;

/// <summary>Numbers as people read them.</summary>
public sealed class NumberTextTests
{
    [TestCase(67_999.9, "67999.9")]
    [TestCase(0.2, "0.2")]
    [TestCase(-1.5, "-1.5")]
    [TestCase(0.00001, "0.00001")]
    [TestCase(1.5e-8, "0.000000015")]
    [TestCase(1e20, "100000000000000000000")]
    [TestCase(1e-200, "1E-200")]
    [TestCase(1e300, "1E+300")]
    [TestCase(0, "0")]
    public void ExactUsesTheFewestDigitsAndNoExponentWhereItCan(double value, string expected) =>
        Assert.That(NumberText.Exact(value), Is.EqualTo(expected));

    [Test]
    public void ExactGivesEveryFiniteDoubleBack() =>
        Seeded.Check(Prop.ForAll<double>(value =>
            !double.IsFinite(value)
            || double.Parse(NumberText.Exact(value), CultureInfo.InvariantCulture).Equals(value)));

    [TestCase(68_000, 0)]
    [TestCase(0.25, 2)]
    [TestCase(1e-8, 8)]
    [TestCase(1.23456789012345, NumberText.MaxDecimals)]
    public void DecimalsCountsTheDigitsAfterThePoint(double value, int expected) =>
        Assert.That(NumberText.Decimals(value), Is.EqualTo(expected));

    [Test]
    public void TheCultureOfTheUserDoesNotMatter()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = comma;

            Assert.That((NumberText.Exact(0.5), NumberText.Fixed(1234.5, 2), NumberText.Count(12_345)),
                Is.EqualTo(("0.5", "1234.50", "12,345")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
