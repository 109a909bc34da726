using System.Linq;
using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

[TestFixture(SequenceLayout.InSlot, 0)]
[TestFixture(SequenceLayout.Apart, 0)]
[TestFixture(SequenceLayout.Cursor, 0)]
[TestFixture(SequenceLayout.Apart, 5)]
public sealed class EventProcessorTests(SequenceLayout layout, int linger)
{
    private RingBuffer<long> _ring = null!;
    private RecordingHandler _handler;

    [SetUp]
    public void MakeRing()
    {
        _ring = new RingBuffer<long>(16, layout: layout);
        _handler = new RecordingHandler();
    }

    [TearDown]
    public void FreeRing() => _ring.Dispose();

    [Test]
    public void NothingAvailableIsNoWork()
    {
        var processor = Make(256);

        Assert.That(processor.DoWork(), Is.Zero);
        Assert.That(processor.Sequence.Get(), Is.EqualTo(-1));
    }

    [Test]
    public void EachEventComesOnceInOrderAndTheLastEndsTheBatch()
    {
        var processor = Make(256);
        Publish(3);

        Assert.That(processor.DoWork(), Is.EqualTo(3));
        Assert.That(_handler.Seen, Is.EqualTo(new[] { (100L, 0L, false), (101L, 1L, false), (102L, 2L, true) }));
        Assert.That(processor.Sequence.Get(), Is.EqualTo(2));
        Assert.That(processor.DoWork(), Is.Zero);
    }

    [Test]
    public void LargeBatchesAreCut()
    {
        var processor = Make(4);
        Publish(10);

        Assert.That(processor.DoWork(), Is.EqualTo(4));
        Assert.That(processor.DoWork(), Is.EqualTo(4));
        Assert.That(processor.DoWork(), Is.EqualTo(2));
        Assert.That(
            _handler.Seen.Where(static seen => seen.EndOfBatch).Select(static seen => seen.Sequence),
            Is.EqualTo(new[] { 3L, 7L, 9L }));
    }

    [Test]
    public void ConsumerStaysBehindTheOneItDependsOn()
    {
        var first = Make(256);
        var second = new EventProcessor<long, RecordingHandler>(
            _ring, new SequenceBarrier<long>(_ring, first.Sequence), _handler);
        Publish(3);

        Assert.That(second.DoWork(), Is.Zero);
        Assert.That(first.DoWork(), Is.EqualTo(3));
        Assert.That(second.DoWork(), Is.EqualTo(3));
    }

    [Test]
    public void ExceptionOfTheHandlerLeavesAndSkipsNothing()
    {
        var processor = Make(256);
        Publish(2);
        _ring[1] = RecordingHandler.Poison;

        Assert.That(processor.DoWork, Throws.InvalidOperationException);
        Assert.That(processor.Sequence.Get(), Is.EqualTo(-1), "the batch is not done");
        Assert.That(processor.DoWork, Throws.InvalidOperationException, "the event was skipped");
    }

    private EventProcessor<long, RecordingHandler> Make(int maxBatch) =>
        new(_ring, new SequenceBarrier<long>(_ring), _handler, maxBatch, linger);

    private void Publish(int count)
    {
        for (var sequence = 0; sequence < count; sequence++)
        {
            _ring[sequence] = 100 + sequence;
        }

        _ring.Publish(0, count - 1);
    }
}
