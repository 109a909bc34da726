using System;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>
/// The two sides of one comparison with everything they need, made ready. Threads: the members are called one after
/// the other from one thread; what is measured runs on pinned threads of the comparison's own.
/// </summary>
internal abstract class Comparison : IDisposable
{
    /// <summary>
    /// Runs both sides on the same input and compares what they give: a figure is only worth something then.
    /// </summary>
    /// <exception cref="ComparisonException">They differ.</exception>
    public abstract void Check();

    /// <summary>One round of ours, of about so many seconds.</summary>
    public abstract Figure MeasureOurs(double seconds);

    /// <summary>One round of the baseline, of about so many seconds.</summary>
    public abstract Figure MeasureBaseline(double seconds);

    /// <summary>
    /// Bytes that ours allocates per operation, over at least 100,000 of them, on the threads that do the work.
    /// </summary>
    public abstract double MeasureAllocation();

    /// <inheritdoc/>
    public void Dispose() => Release();

    /// <summary>Gives back what the two sides hold.</summary>
    protected virtual void Release()
    {
    }
}
