using System;
using System.Numerics;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Grpc;

public sealed class ScaledDoubleTests
{
    [TestCase(0L, 8, 0.0)]
    [TestCase(1L, 18, 1e-18)]
    [TestCase(-1L, 2, -0.01)]
    [TestCase(6_000_001L, 2, 60000.01)]
    [TestCase(1L << 53, 0, 9007199254740992.0)]
    [TestCase((1L << 53) + 1, 0, 9007199254740992.0)]
    [TestCase((1L << 53) + 3, 0, 9007199254740996.0)]
    [TestCase(long.MaxValue, 18, 9.223372036854775807)]
    [TestCase(long.MinValue, 18, -9.223372036854775808)]
    public void KnownValuesAreExact(long mantissa, int scale, double expected)
    {
        Assert.That(ScaledDouble.From(mantissa, scale), Is.EqualTo(expected));
    }

    [Test]
    public void NoOtherDoubleIsNearer()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 20_000; round++)
        {
            var mantissa = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            var scale = random.Next(19);
            var value = ScaledDouble.From(mantissa, scale);
            Assert.That(value, Is.EqualTo(GoldenSummary.Number(mantissa, scale)), $"{mantissa}E-{scale}");
            var error = Error(value, mantissa, scale);
            Assert.That(error, Is.LessThanOrEqualTo(Error(Math.BitIncrement(value), mantissa, scale)));
            Assert.That(error, Is.LessThanOrEqualTo(Error(Math.BitDecrement(value), mantissa, scale)));
        }
    }

    [Test]
    [Category(Categories.Allocation)]
    public void NeitherPathAllocates()
    {
        var sum = ScaledDouble.From(long.MaxValue, 9) + ScaledDouble.From(1, 9);
        using (NoAllocation.Begin())
        {
            for (var round = 0; round < 1_000; round++)
            {
                sum += ScaledDouble.From(long.MaxValue - round, 9) + ScaledDouble.From(round, 9);
            }
        }

        Assert.That(sum, Is.Positive);
    }

    /// <summary>|value * 10^scale - mantissa|, exact, times 2^1200.</summary>
    private static BigInteger Error(double value, long mantissa, int scale)
    {
        const int Shift = 1_200;
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xF_FFFF_FFFF_FFFF;
        var digits = exponent == 0 ? fraction : fraction | (1L << 52);
        var scaled = new BigInteger(bits < 0 ? -digits : digits) << (Math.Max(exponent, 1) - 1_075 + Shift);
        return BigInteger.Abs((scaled * BigInteger.Pow(10, scale)) - (new BigInteger(mantissa) << Shift));
    }
}
