using System;
using System.Globalization;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Model;

public sealed class ScaledNumberTests
{
    [TestCase(0, 0, "0")]
    [TestCase(0, 18, "0")]
    [TestCase(57_989, 0, "57989")]
    [TestCase(5_798_900, 2, "57989")]
    [TestCase(50_000_000, 8, "0.5")]
    [TestCase(110, 8, "0.0000011")]
    [TestCase(100, 8, "0.000001")]
    [TestCase(99, 8, "9.9e-7")]
    [TestCase(70, 8, "7e-7")]
    [TestCase(66, 8, "6.6e-7")]
    [TestCase(1, 8, "1e-8")]
    [TestCase(7_034, 10, "7.034e-7")]
    [TestCase(1, 18, "1e-18")]
    [TestCase(999_999_999_999, 18, "9.99999999999e-7")]
    [TestCase(long.MaxValue, 0, "9223372036854775807")]
    [TestCase(long.MaxValue, 18, "9.223372036854775807")]
    public void NumbersAreWhatJavaScriptPrints(long value, int scale, string text) =>
        Assert.That(ScaledNumber.Format(value, scale), Is.EqualTo(text));

    /// <summary>The framework prints the same digits of a double, and other exponents.</summary>
    [Test]
    public void NumbersOfFifteenDigitsAreThoseOfADouble()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 20_000; round++)
        {
            var value = random.NextInt64(1, (long)Math.Pow(10, random.Next(1, 16)));
            var scale = random.Next(19);
            var number = value / Power(scale);
            var framework = ((double)number).ToString("R", CultureInfo.InvariantCulture);
            var expected = number >= 0.000001m
                ? decimal.Parse(framework, NumberStyles.Float, CultureInfo.InvariantCulture)
                    .ToString("0.##################", CultureInfo.InvariantCulture)
                : framework.Replace("E-0", "e-", StringComparison.Ordinal)
                    .Replace("E-", "e-", StringComparison.Ordinal);
            Assert.That(ScaledNumber.Format(value, scale), Is.EqualTo(expected));
        }
    }

    private static decimal Power(int scale)
    {
        var power = 1m;
        for (var digit = 0; digit < scale; digit++)
        {
            power *= 10;
        }

        return power;
    }
}
