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
            var packing = new RowPacking(random.Next(RowPacking.UsualQuantityBits, 47));
            var (one, first) = Row(random, in packing);
            var (other, second) = Row(random, in packing);

            Assert.That(packing.DistanceOf(first), Is.EqualTo(one.Distance));
            Assert.That(packing.QuantityOf(first), Is.EqualTo(one.Quantity));
            Assert.That(RowPacking.MemberOf(first), Is.EqualTo(one.Member));
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

        Assert.That(last + RowPacking.LevelsAtHand, Is.LessThan(RowPacking.Far));
        Assert.That(RowPacking.Far, Is.LessThan(RowPacking.None));
    }

    [Test]
    public void OnlyRowsAreTakenForRows()
    {
        var packing = new RowPacking(RowPacking.UsualQuantityBits);
        var row = packing.Base(7) + packing.Weigh(5) + RowPacking.LevelsAtHand - 1;

        Assert.That(RowPacking.IsRow(row), Is.True);
        Assert.That(RowPacking.IsRow(RowPacking.BehindOf(row)), Is.False);
        Assert.That(RowPacking.MemberOf(RowPacking.BehindOf(row)), Is.EqualTo(7));
        Assert.That(RowPacking.BehindOf(RowPacking.Far), Is.EqualTo(RowPacking.Far));
        Assert.That(RowPacking.IsRow(RowPacking.Far), Is.False);
        Assert.That(RowPacking.IsRow(RowPacking.None), Is.False);
    }

    [TestCase(1L, 38)]
    [TestCase((1L << 37) - 1, 38)]
    [TestCase(1L << 38, 40)]
    [TestCase(1L << 47, 46)]
    [TestCase(1L << 60, 46)]
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
