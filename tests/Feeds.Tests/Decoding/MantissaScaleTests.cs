using System.Numerics;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class MantissaScaleTests
{
    private const int Runs = 300_000;

    [TestCase(6_173_763_000_000, -8, 2, 6_173_763)]
    [TestCase(6_173_763, -2, 2, 6_173_763)]
    [TestCase(6_173_763, -2, 8, 6_173_763_000_000)]
    [TestCase(5, 0, 0, 5)]
    [TestCase(5, 3, 2, 500_000)]
    [TestCase(0, -128, 0, 0)]
    [TestCase(0, 127, 18, 0)]
    [TestCase(long.MaxValue, 0, 0, long.MaxValue)]
    [TestCase(9_000_000_000_000_000_000, -18, 0, 9)]
    [TestCase(9, 0, 18, 9_000_000_000_000_000_000)]
    public void NumberThatFitsIsExact(long mantissa, int exponent, int scale, long expected)
    {
        Assert.That(MantissaScale.Of(exponent, scale).TryApply(mantissa, out var scaled), Is.True);
        Assert.That(scaled, Is.EqualTo(expected));
    }

    [TestCase(6_173_763_000_001, -8, 2)]
    [TestCase(5, -1, 0)]
    [TestCase(10, 0, 18)]
    [TestCase(long.MaxValue, 1, 0)]
    [TestCase(1, 19, 0)]
    [TestCase(1, -19, 0)]
    [TestCase(-1, 0, 0)]
    [TestCase(long.MinValue, -8, 2)]
    [TestCase(-100, -2, 0)]
    public void NumberThatDoesNotIsLeftToTheGeneralWay(long mantissa, int exponent, int scale) =>
        Assert.That(MantissaScale.Of(exponent, scale).TryApply(mantissa, out _), Is.False);

    [Test]
    public void AgreesWithNumbersWithoutBounds()
    {
        var random = Seeded.Random();
        for (var run = 0; run < Runs; run++)
        {
            var (exponent, scale) = (random.Next(-20, 21), random.Next(0, 19));
            var mantissa = random.NextInt64() >> random.Next(0, 63);
            if (random.Next(2) == 0)
            {
                mantissa = mantissa / Power(random.Next(0, 19)) * Power(random.Next(0, 10));   // many a zero at its end
            }

            var (exact, rest) = exponent + scale >= 0
                ? (mantissa * BigInteger.Pow(10, exponent + scale), BigInteger.Zero)
                : BigInteger.DivRem(mantissa, BigInteger.Pow(10, -exponent - scale)) is var (quotient, left)
                    ? (quotient, left)
                    : default;
            var fits = mantissa >= 0 && rest.IsZero && exact <= long.MaxValue;
            var found = MantissaScale.Of(exponent, scale).TryApply(mantissa, out var scaled);
            if (found != fits || (fits && scaled != (long)exact))
            {
                Assert.Fail($"{mantissa} times 10^{exponent} on scale {scale}: {found} {scaled}, not {fits} {exact}");
            }
        }
    }

    private static long Power(int power) => (long)BigInteger.Pow(10, power);
}
