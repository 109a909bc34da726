using System;
using System.Diagnostics;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>A comparison of two loops on one thread: nanoseconds a unit of work.</summary>
internal abstract class LoopComparison : Comparison
{
    private const int AllocationOperations = 100_000;
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

    private Figure Measure(Action<int> loop, double seconds) => CoreThread.Run(CoreThread.Consumer, () =>
    {
        var chunk = Chunk;
        loop(chunk);   // what the other side left in the caches is not ours to pay
        var due = (long)(seconds * Stopwatch.Frequency);
        var operations = 0L;
        var start = Stopwatch.GetTimestamp();
        long elapsed;
        do
        {
            loop(chunk);
            operations += chunk;
            elapsed = Stopwatch.GetTimestamp() - start;
        }
        while (elapsed < due);

        return new Figure(elapsed * (1e9 / Stopwatch.Frequency) / (operations * UnitsPerOperation));
    });
}
