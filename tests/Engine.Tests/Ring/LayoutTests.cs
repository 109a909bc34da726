using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

/// <summary>
/// No field that one thread keeps writing shares a cache line with a field that another thread reads, in this object or
/// in a neighbor of it on the heap. Reads the real offsets of all fields, private ones included.
/// </summary>
public sealed class LayoutTests
{
    private const int Line = 64;

    private static IEnumerable<TestCaseData> SharedObjects()
    {
        var ring = new RingBuffer<long>(2);
        yield return Case(new Sequence());
        yield return Case(new WaitSignal());
        yield return Case(new SingleProducerSequencer<long>(ring));
        yield return Case(new MultiProducerSequencer<long>(ring));
        yield return Case(new DepthLane(2));
        yield return Case(new DepthLane(2, null, new Sequence(), new Sequence()));
        yield return Case(new ConsumptionOrder(4, 1, [new Sequence()], [new WaitSignal()]));
        yield return Case(new NoticeBoard());
        yield return Case(new IntervalRecorder(new HistogramLayout(1, 1_000, 2)));
        yield return Case(new QuoteRing(1, 2));
        yield return Case(ring);
    }

    [TestCaseSource(nameof(SharedObjects))]
    public void WrittenFieldsLieALineAwayFromAllOthers(object instance)
    {
        var leaves = FieldOffsets.Leaves(instance);
        var written = leaves.Where(static leaf => IsWritten(leaf.Outer)).ToArray();
        var others = leaves.Where(static leaf => !IsWritten(leaf.Outer)).ToArray();

        foreach (var (path, outer, offset, size) in written)
        {
            Assert.That(offset, Is.GreaterThanOrEqualTo(Line), $"{path} is too near to the object before");
            Assert.That(
                RoomAfter(outer, path), Is.GreaterThanOrEqualTo(Line), $"{path} is too near to the object behind");
            foreach (var other in others)
            {
                var apart = offset > other.Offset ? offset - other.Offset - other.Size : other.Offset - offset - size;
                Assert.That(apart, Is.GreaterThanOrEqualTo(Line), $"{path} and {other.Path}");
            }
        }
    }

    [Test]
    public void TheCheckSeesWhatTwoPlainFieldsDo()
    {
        var leaves = FieldOffsets.Leaves(new Unpadded());

        Assert.That(leaves.Select(static leaf => leaf.Path), Is.EquivalentTo(new[] { "Written", "Read" }));
        Assert.That(Math.Abs(leaves[0].Offset - leaves[1].Offset), Is.LessThan(Line));
        Assert.That(leaves.Count(static leaf => IsWritten(leaf.Outer)), Is.EqualTo(1));
    }

    [Test]
    public void EveryPaddedNumberIsAlone()
    {
        Assert.That(FieldOffsets.Of(typeof(PaddedLong), nameof(PaddedLong.Value)), Is.Zero, "the only field");
        Assert.That(Unsafe.SizeOf<PaddedLong>(), Is.EqualTo(Line + sizeof(long) + Line));
        Assert.That(OffsetOfValue(), Is.EqualTo((nint)Line));
    }

    /// <summary>
    /// Fields set once in the constructor are only read afterwards; a disposal flag is written when all is over.
    /// </summary>
    private static bool IsWritten(System.Reflection.FieldInfo field) => !field.IsInitOnly && field.Name != "_disposed";

    private static long RoomAfter(System.Reflection.FieldInfo outer, string path)
    {
        var type = outer.FieldType;
        if (!path.Contains('.', StringComparison.Ordinal))
        {
            return 0;   // a plain field has nothing behind it that is its own
        }

        var size = (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
        var inner = type.GetField(path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..])!;
        return inner.GetCustomAttribute<FieldOffsetAttribute>() is { } placed
            ? size - placed.Value - sizeof(long)
            : 0;   // whatever the runtime likes
    }

    private static nint OffsetOfValue()
    {
        var padded = default(PaddedLong);
        return Unsafe.ByteOffset(
            ref Unsafe.As<PaddedLong, byte>(ref padded), ref Unsafe.As<long, byte>(ref padded.Value));
    }

    private static TestCaseData Case(object instance) =>
        new TestCaseData(instance).SetArgDisplayNames(instance.GetType().Name);

    private sealed class Unpadded
    {
        public readonly long Read = 1;
        public long Written = 2;
    }
}
