using System;
using System.Collections.Generic;
using System.Diagnostics;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>A comparison of two loops on one thread: nanoseconds a unit of work.</summary>
internal abstract class LoopComparison : Comparison
{
    private const int AllocationOperations = 100_000;
    private readonly List<double> _chunks = new(1 << 14);
    private Action<int>? _ours;
    private Action<int>? _baseline;

    /// <summary>Operations between two looks at the clock; enough that the look costs nothing.</summary>
    public virtual int Chunk => 1_000;

    /// <summary>Units of work in one operation, for instance the levels of a frame.</summary>
    public virtual double UnitsPerOperation => 1;

    /// <summary>Does so many operations of ours.</summary>
    public abstract void Ours(int operations);

    /// <summary>Does so many operations of the baseline.</summary>
    public abstract void Baseline(int operations);

    /// <inheritdoc/>
    public sealed override Figure MeasureOurs(double seconds) => Measure(_ours ??= Ours, seconds);

    /// <inheritdoc/>
    public sealed override Figure MeasureBaseline(double seconds) => Measure(_baseline ??= Baseline, seconds);

    /// <inheritdoc/>
    public sealed override double MeasureAllocation() => CoreThread.Run(CoreThread.Consumer, () =>
    {
        Ours(Chunk);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ours(AllocationOperations);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)AllocationOperations;
    });

    /// <summary>
    /// The median of the chunks, so that a time slice which another program takes does not count as work, and beside it
    /// their 99th percentile, which shows what was lost so.
    /// </summary>
    private Figure Measure(Action<int> loop, double seconds) => CoreThread.Run(CoreThread.Consumer, () =>
    {
        var chunk = Chunk;
        _chunks.Clear();
        loop(chunk);   // what the other side left in the caches is not ours to pay
        var due = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var last = Stopwatch.GetTimestamp();
        do
        {
            loop(chunk);
            var now = Stopwatch.GetTimestamp();
            _chunks.Add((now - last) * (1e9 / Stopwatch.Frequency) / (chunk * UnitsPerOperation));
            last = now;
        }
        while (last < due);

        return new Figure(Medians.Of(_chunks), Medians.Percentile(_chunks, 99));
    });
}
