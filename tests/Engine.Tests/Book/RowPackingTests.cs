using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class RowPackingTests
{
    [Test]
    public void NumbersOrderRowsAndGiveThemBack()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 20_000; round++)
        {
            var packing = new RowPacking(random.Next(RowPacking.UsualQuantityBits, 49));
            var (one, first) = Row(random, in packing);
            var (other, second) = Row(random, in packing);

            Assert.That(packing.DistanceOf(first), Is.EqualTo(one.Distance));
            Assert.That(packing.QuantityOf(first), Is.EqualTo(one.Quantity));
            Assert.That(RowPacking.MemberOf(first), Is.EqualTo((nuint)one.Member));
            Assert.That(first, Is.LessThan(RowPacking.Far));
            var expected = one.Distance != other.Distance ? one.Distance.CompareTo(other.Distance)
                : one.Quantity != other.Quantity ? other.Quantity.CompareTo(one.Quantity)
                : one.Member.CompareTo(other.Member);
            Assert.That(Math.Sign(first.CompareTo(second)), Is.EqualTo(Math.Sign(expected)), $"{one} and {other}");
        }
    }

    [Test]
    public void GreatestRowStillComesBeforeAllThatHaveNoNumber()
    {
        var packing = new RowPacking(RowPacking.UsualQuantityBits);

        var last = packing.Base(15) + packing.Weigh(packing.GreatestDistance);

        Assert.That(last, Is.LessThan(RowPacking.Far));
        Assert.That(RowPacking.Far, Is.LessThan(RowPacking.None));
    }

    [TestCase(1L, 38)]
    [TestCase((1L << 37) - 1, 38)]
    [TestCase(1L << 38, 40)]
    [TestCase(1L << 47, 48)]
    [TestCase(1L << 60, 48)]
    public void BitsGrowWithTheQuantityUpToABound(long quantity, int bits) =>
        Assert.That(RowPacking.BitsFor(quantity), Is.EqualTo(bits));

    private static ((long Distance, long Quantity, int Member) Row, long Number) Row(
        Random random, in RowPacking packing)
    {
        var distance = random.NextInt64(Narrow(random, packing.GreatestDistance));
        var quantity = random.NextInt64(Narrow(random, packing.GreatestQuantity));
        var member = random.Next(16);
        var number = packing.Base(member) + packing.Weigh(distance) - (quantity * RowPacking.QuantityWeight);
        return ((distance, quantity, member), number);
    }

    /// <summary>Small numbers as often as great ones, so that ties occur.</summary>
    private static long Narrow(Random random, long greatest) => random.Next(2) == 0 ? 3 : greatest + 1;
}
