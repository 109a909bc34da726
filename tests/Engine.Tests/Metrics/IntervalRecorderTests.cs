using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Metrics;

/// <summary>Intervals are whole: nothing lost, nothing twice, nothing written after it was taken.</summary>
[TestFixture]
internal sealed class IntervalRecorderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HistogramLayout Small = new(1, 60, 1);

    [Test]
    public void EachIntervalHoldsWhatWasRecordedSinceTheLast()
    {
        var recorder = new IntervalRecorder(Small);
        recorder.Record(3);
        recorder.RecordCount(5, 4);

        Assert.That(recorder.Take().TotalCount, Is.EqualTo(5));
        Assert.That(recorder.Take().TotalCount, Is.Zero);

        recorder.RecordCorrected(30, 10);

        var third = recorder.Take();
        Assert.That((third.TotalCount, third.Min, third.Max), Is.EqualTo((3, 10, 30)));
    }

    [Test]
    public void TakingWaitsForTheRecordUnderWay()
    {
        var recorder = new IntervalRecorder(Small);
        var entered = recorder.Enter();
        var taking = Task.Run(recorder.Take);

        Assert.That(taking.Wait(100), Is.False, "the writer is still inside");
        entered.Record(7);
        recorder.Leave();

        Assert.That(taking.Wait(Patience), Is.True, "the writer has left");
        Assert.That(taking.Result.TotalCount, Is.EqualTo(1));
        Assert.That(taking.Result, Is.SameAs(entered));
    }

    [Test]
    public void TheWriterGoesOnInTheOtherHistogramWhileAReporterReads()
    {
        var recorder = new IntervalRecorder(Small);
        recorder.Record(1);
        var taken = recorder.Take();

        recorder.RecordCount(2, 100);

        Assert.That(taken.TotalCount, Is.EqualTo(1));
    }

    [Test]
    public void ASecondReporterIsRefused()
    {
        var recorder = new IntervalRecorder(Small);
        var active = recorder.Enter();
        var first = Task.Run(recorder.Take);
        Assert.That(
            () => SpinWait.SpinUntil(() => !ReferenceEquals(active, recorder.Active), Patience), Is.EqualTo(true));

        Assert.That(recorder.Take, Throws.InvalidOperationException);

        recorder.Leave();
        Assert.That(first.Wait(Patience), Is.True);
        Assert.That(recorder.Take().TotalCount, Is.Zero, "the next one may");
    }

    [Test]
    [Category(Categories.Allocation)]
    public void NeitherSideAllocates()
    {
        var recorder = new IntervalRecorder(Small);
        var seen = Use(recorder);

        using (NoAllocation.Begin())
        {
            seen += Use(recorder);
        }

        Assert.That(seen, Is.GreaterThan(0));
    }

    [Test]
    [Category(Categories.Litmus)]
    [NonParallelizable]
    public void NoRecordIsLostOrCountedTwice()
    {
        const long records = 10_000_000;
        var recorder = new IntervalRecorder(Small);

        var (total, takes) = Race(recorder.Record, recorder.Take, records);

        TestContext.Out.WriteLine($"{takes} intervals");
        Assert.That(takes, Is.GreaterThan(2));
        Assert.That(total.TotalCount, Is.EqualTo(records));
        for (var value = 0; value < 32; value++)
        {
            Assert.That(total.CountBetween(value, value), Is.EqualTo(records / 32), $"{value}");
        }
    }

    /// <summary>The same race must show the fault of a recorder that does not wait for the writer.</summary>
    [Test]
    [Category(Categories.Litmus)]
    [NonParallelizable]
    public void TheRaceCatchesARecorderThatDoesNotWait()
    {
        const long records = 10_000_000;
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var careless = new CarelessRecorder();
            var (total, _) = Race(careless.Record, careless.Take, records);
            if (total.TotalCount != records)
            {
                return;
            }
        }

        Assert.Inconclusive("ten races on this machine never met the window");
    }

    /// <summary>
    /// One thread records 0 to 31 in turn, this one takes intervals until it has ended, and once more.
    /// </summary>
    private static (Histogram Total, int Takes) Race(Action<long> record, Func<Histogram> take, long records)
    {
        var total = new Histogram(Small);
        var takes = 0;
        var ended = false;
        var writer = new Thread(() =>
        {
            for (var value = 0L; value < records; value++)
            {
                record(value & 31);
            }

            Volatile.Write(ref ended, true);
        });
        writer.Start();
        while (!Volatile.Read(ref ended))
        {
            total.Add(take());
            takes++;
        }

        Assert.That(writer.Join(Patience), Is.True);
        total.Add(take());
        return (total, takes);
    }

    private static long Use(IntervalRecorder recorder)
    {
        for (var value = -5; value < 100; value++)
        {
            recorder.Record(value);
            recorder.RecordCorrected(value, 10);
        }

        return recorder.Take().TotalCount;
    }

    private sealed class CarelessRecorder
    {
        private Histogram _active = new(Small);
        private Histogram _inactive = new(Small);

        public void Record(long value) => Volatile.Read(ref _active).Record(value);

        public Histogram Take()
        {
            _inactive.Reset();
            _inactive = Interlocked.Exchange(ref _active, _inactive);
            return _inactive;
        }
    }
}
