using System;
using System.Numerics;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Model;

public sealed class ScaleTests
{
    [Test]
    public void PowersAreThoseOfTen()
    {
        for (var scale = 0; scale <= Scale.Max; scale++)
        {
            Assert.That((BigInteger)Scale.Power(scale), Is.EqualTo(BigInteger.Pow(10, scale)));
        }
    }

    [TestCase(-1)]
    [TestCase(Scale.Max + 1)]
    public void PowerBeyondTheTableIsRefused(int scale) =>
        Assert.That(() => Scale.Power(scale), Throws.InstanceOf<IndexOutOfRangeException>());

    [Test]
    public void ProductsAreExactOrRefused() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed =>
        {
            var random = new Random(seed);
            var value = AnySize(random);
            var power = Scale.Power(random.Next(Scale.Max + 1));
            var exact = (BigInteger)value * power;
            var fits = exact >= long.MinValue && exact <= long.MaxValue;
            return Scale.TryMultiply(value, power, out var product) == fits && (!fits || product == exact);
        }), 2_000);

    [Test]
    public void WideningIsExactOrRefused() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed =>
        {
            var random = new Random(seed);
            var (value, from, to) = (AnySize(random), random.Next(20), random.Next(20));
            var allowed = to >= from && to <= Scale.Max;
            var exact = value * BigInteger.Pow(10, Math.Max(0, to - from));
            var fits = allowed && exact >= long.MinValue && exact <= long.MaxValue;
            return Scale.TryWiden(value, from, to, out var widened) == fits && (!fits || widened == exact);
        }), 2_000);

    [TestCase(long.MaxValue, 1, true)]
    [TestCase(long.MinValue, 1, true)]
    [TestCase(922_337_203_685_477_580, 10, true)]
    [TestCase(922_337_203_685_477_581, 10, false)]
    [TestCase(-922_337_203_685_477_580, 10, true)]
    [TestCase(-922_337_203_685_477_581, 10, false)]
    [TestCase(0, 1_000_000_000_000_000_000, true)]
    public void EdgesOfTheRange(long value, long power, bool fits) =>
        Assert.That(Scale.TryMultiply(value, power, out _), Is.EqualTo(fits));

    private static long AnySize(Random random) => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
}
