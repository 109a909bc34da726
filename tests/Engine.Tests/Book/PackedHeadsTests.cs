using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>Both ways of keeping the venues' next numbers in order against a sorted list.</summary>
public sealed class PackedHeadsTests
{
    [Test]
    public void NumbersStayInOrderWhateverComesAndGoes()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 2_000; round++)
        {
            var expected = Enumerable.Repeat(RowPacking.None, PackedHeads.Capacity).ToList();
            var low = PackedHeads.Empty;
            var high = PackedHeads.Empty;
            var lowInMemory = low;
            var highInMemory = high;
            for (var venue = random.Next(PackedHeads.Capacity + 1); venue > 0; venue--)
            {
                var number = random.NextInt64(20);
                expected.RemoveAt(PackedHeads.Capacity - 1);
                Insert(expected, number);
                PackedHeads.Add(ref low, ref high, Vector512.Create(number));
                PackedHeads.AddInMemory(ref lowInMemory, ref highInMemory, number);
            }

            for (var row = 0; row < 30; row++)
            {
                Assert.That(Numbers(low, high), Is.EqualTo(expected));
                Assert.That(Numbers(lowInMemory, highInMemory), Is.EqualTo(expected));
                var number = random.Next(5) == 0 ? RowPacking.None : low.ToScalar() + random.NextInt64(12);
                number = low.ToScalar() == RowPacking.None ? RowPacking.None : number;
                expected.RemoveAt(0);
                Insert(expected, number);
                PackedHeads.Replace(ref low, ref high, Vector512.Create(number));
                PackedHeads.ReplaceInMemory(ref lowInMemory, ref highInMemory, number);
            }
        }
    }

    private static void Insert(List<long> sorted, long number) =>
        sorted.Insert(sorted.Count(held => held <= number), number);

    private static long[] Numbers(Vector512<long> low, Vector512<long> high)
    {
        var numbers = new long[PackedHeads.Capacity];
        low.CopyTo(numbers);
        high.CopyTo(numbers, PackedHeads.Capacity / 2);
        return numbers;
    }
}
