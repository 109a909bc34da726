using System;
using System.Threading;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Engine.Metrics;

/// <summary>
/// Lets a reporter take, again and again, what a hot thread recorded since the last time, without ever making that
/// thread wait: it records into one histogram while the reporter owns the other, and the reporter swaps them.
/// <para>
/// Invariant: the histogram that <see cref="Take"/> returns is not written by anybody until the next call; every
/// record lies in exactly one interval, and intervals follow the order of recording. Threads: the writer alone calls
/// the Record methods and writes <c>_phase</c> (odd while it records); one reporter at a time calls <see cref="Take"/>
/// and writes <c>_swapped</c>; neither takes a lock, and only the reporter waits, for at most the record under way.
/// </para>
/// <para>
/// The writer marks itself and then reads <c>Active</c>, the reporter writes <c>Active</c> and then reads the mark:
/// one of them needs a full fence in between. The reporter pays for both by a process-wide barrier, once per interval:
/// a writer that marked itself before the barrier is seen, and one that marks itself after it sees the swap.
/// </para>
/// </summary>
public sealed class IntervalRecorder
{
    private PaddedLong _phase;
    private SwappedHistograms _swapped;

    /// <summary>Makes both histograms.</summary>
    /// <param name="layout">The buckets of both.</param>
    public IntervalRecorder(in HistogramLayout layout)
    {
        _swapped.Active = new Histogram(layout);
        _swapped.Inactive = new Histogram(layout);
    }

    /// <summary>Where the writer records at this moment, for tests.</summary>
    internal Histogram Active => Volatile.Read(ref _swapped.Active);

    /// <summary>Counts a value; the writer's thread.</summary>
    [HotPath]
    public void Record(long value)
    {
        Enter().Record(value);
        Leave();
    }

    /// <summary>Counts a value so many times; the writer's thread.</summary>
    [HotPath]
    public void RecordCount(long value, long count)
    {
        Enter().RecordCount(value, count);
        Leave();
    }

    /// <summary>
    /// Counts a value and those omitted, see <see cref="Histogram.RecordCorrected"/>; the writer's thread.
    /// </summary>
    [HotPath]
    public void RecordCorrected(long value, long expectedInterval)
    {
        Enter().RecordCorrected(value, expectedInterval);
        Leave();
    }

    /// <summary>
    /// What was recorded since the last call; the reporter's thread. It is the reporter's until the next call, which
    /// empties it: copy or add it elsewhere to keep it. Allocates nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread is inside this call.</exception>
    public Histogram Take()
    {
        if (Interlocked.Exchange(ref _swapped.Reporters, 1) != 0)
        {
            throw new InvalidOperationException("two threads take intervals at once: let one of them report");
        }

        _swapped.Inactive.Reset();
        var taken = _swapped.Active;
        Volatile.Write(ref _swapped.Active, _swapped.Inactive);   // release: the writer sees it empty
        _swapped.Inactive = taken;
        Interlocked.MemoryBarrierProcessWide();

        var phase = Volatile.Read(ref _phase.Value);
        if ((phase & 1) != 0)
        {
            var wait = default(SpinWait);
            while (Volatile.Read(ref _phase.Value) == phase)
            {
                wait.SpinOnce();
            }
        }

        Volatile.Write(ref _swapped.Reporters, 0);
        return taken;
    }

    /// <summary>Begins a record; what it returns may be written until <see cref="Leave"/>.</summary>
    [HotPath]
    internal Histogram Enter()
    {
        Volatile.Write(ref _phase.Value, _phase.Value + 1);
        return Volatile.Read(ref _swapped.Active);
    }

    /// <summary>
    /// Ends a record. The release pairs with the reporter's acquire of the phase: it sees the whole record.
    /// </summary>
    [HotPath]
    internal void Leave() => Volatile.Write(ref _phase.Value, _phase.Value + 1);
}
