using System;
using System.Diagnostics;
using System.Threading;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>
/// Runs producers and a consumer against each other on their cores: time from the first producer's start to the
/// consumer's end, and what all of them allocated meanwhile.
/// </summary>
internal sealed class Transfer : IDisposable
{
    private readonly Barrier _start;
    private long _firstStart = long.MaxValue;
    private long _end;
    private long _allocated;

    private Transfer(int threads) => _start = new Barrier(threads);

    /// <summary>Runs the bodies, each on a thread of its own; producers share a core.</summary>
    public static TransferTime Run(Action consumer, params Action[] producers)
    {
        using var transfer = new Transfer(producers.Length + 1);
        var threads = new CoreThread[producers.Length + 1];
        threads[0] = CoreThread.Start("consumer", CoreThread.Consumer, () => transfer.Consume(consumer));
        for (var index = 0; index < producers.Length; index++)
        {
            var producer = producers[index];
            threads[index + 1] = CoreThread.Start("producer", CoreThread.Producer, () => transfer.Produce(producer));
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        return new TransferTime(
            (transfer._end - transfer._firstStart) / (double)Stopwatch.Frequency, transfer._allocated);
    }

    /// <inheritdoc/>
    public void Dispose() => _start.Dispose();

    private void Consume(Action body)
    {
        _start.SignalAndWait();
        var before = GC.GetAllocatedBytesForCurrentThread();
        body();
        _end = Stopwatch.GetTimestamp();
        Interlocked.Add(ref _allocated, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Produce(Action body)
    {
        _start.SignalAndWait();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        body();
        Interlocked.Add(ref _allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        long first;
        do
        {
            first = Volatile.Read(ref _firstStart);
        }
        while (start < first && Interlocked.CompareExchange(ref _firstStart, start, first) != first);
    }
}
