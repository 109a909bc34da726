using System;
using System.Globalization;
using System.Numerics;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Model;

public sealed class ScaledTextTests
{
    [TestCase(378_826, 5, "3.78826")]
    [TestCase(100, 0, "100")]
    [TestCase(10_000, 2, "100")]
    [TestCase(-50, 2, "-0.5")]
    [TestCase(0, 8, "0")]
    [TestCase(1, 18, "0.000000000000000001")]
    [TestCase(long.MaxValue, 18, "9.223372036854775807")]
    [TestCase(long.MinValue, 18, "-9.223372036854775808")]
    [TestCase(long.MinValue, 0, "-9223372036854775808")]
    [TestCase(1_200_300, 5, "12.003")]
    public void TextIsExactWithoutTrailingZeros(long value, int scale, string text) =>
        Assert.That(ScaledText.Format(value, scale), Is.EqualTo(text));

    [Test]
    public void TextReadsBackToTheSameNumber() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed =>
        {
            var random = new Random(seed);
            var value = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            var scale = random.Next(Scale.Max + 1);
            var text = ScaledText.Format(value, scale);
            var point = text.IndexOf('.', StringComparison.Ordinal);
            var decimals = point < 0 ? 0 : text.Length - point - 1;
            var digits = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture);
            return digits * BigInteger.Pow(10, scale - decimals) == value
                && (point < 0 || !text.EndsWith('0'))
                && text.Length <= ScaledText.MaxBytes;
        }), 2_000);

    [Test]
    public void TextAgreesWithDecimal() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<byte>(), static (value, digits) =>
        {
            var scale = digits % (Scale.Max + 1);
            var exact = new decimal(value);
            for (var digit = 0; digit < scale; digit++)
            {
                exact /= 10;
            }

            return decimal.Parse(ScaledText.Format(value, scale), CultureInfo.InvariantCulture) == exact;
        }), 500);
}
