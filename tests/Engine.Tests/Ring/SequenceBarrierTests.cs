using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

public sealed class SequenceBarrierTests
{
    private RingBuffer<long> _ring = null!;

    [SetUp]
    public void MakeRing()
    {
        _ring = new RingBuffer<long>(16);
        _ring.Publish(0, 9);
    }

    [TearDown]
    public void FreeRing() => _ring.Dispose();

    [TestCase(0, 100, 9)]
    [TestCase(0, 4, 3)]
    [TestCase(3, 1, 3)]
    [TestCase(10, 100, 9)]
    public void WithoutDependenciesPublicationCounts(long next, int batch, long available) =>
        Assert.That(new SequenceBarrier<long>(_ring).Available(next, batch), Is.EqualTo(available));

    [TestCase(-1, -1, 0, 100, -1)]
    [TestCase(5, 9, 0, 100, 5)]
    [TestCase(9, 5, 0, 100, 5)]
    [TestCase(9, 9, 0, 4, 3)]
    [TestCase(5, 9, 6, 100, 5)]
    [TestCase(2, 9, 6, 100, 5)]
    public void SlowestDependencyCounts(long first, long second, long next, int batch, long available)
    {
        var (one, other) = (new Sequence(), new Sequence());
        one.Set(first);
        other.Set(second);
        var barrier = new SequenceBarrier<long>(_ring, one, other);

        Assert.That(barrier.Available(next, batch), Is.EqualTo(available));
    }
}
