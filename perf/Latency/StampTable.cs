using System;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// When each message of a window passed each stage. Both threads only store numbers; histograms are made when the
/// window is over, so that measuring costs the hot path next to nothing. Memory is touched beforehand. Threads: the
/// reader's stamps by the reader, the engine's by the engine, histograms when both are done.
/// </summary>
[HotPath]
internal sealed class StampTable
{
    /// <summary>Names of the stages, in order; the last one is their sum.</summary>
    public static readonly string[] Stages = ["schedule", "decode", "publish", "quote", "total"];

    /// <summary>The same where applying is told from quoting.</summary>
    public static readonly string[] SplitStages = ["schedule", "decode", "publish", "apply", "quote", "total"];

    /// <summary>Longest latency that is told apart: a minute.</summary>
    public static readonly HistogramLayout Layout = new(1, 60_000_000_000, 3);

    private readonly long[] _started;
    private readonly long[] _decoded;
    private readonly long[] _taken;
    private readonly long[] _published;
    private readonly long[]? _applied;

    /// <summary>Takes and touches the memory for so many messages.</summary>
    /// <param name="capacity">How many.</param>
    /// <param name="splits">True to tell applying from quoting.</param>
    public StampTable(int capacity, bool splits = false)
    {
        _applied = splits ? Touched(capacity) : null;
        _started = Touched(capacity);
        _decoded = Touched(capacity);
        _taken = Touched(capacity);
        _published = Touched(capacity);
    }

    /// <summary>Messages there is room for.</summary>
    public int Capacity => _started.Length;

    /// <summary>Reader: decoding began, and was done when the event was published.</summary>
    public void NoteReader(long number, long started, long decoded)
    {
        _started[number] = started;
        _decoded[number] = decoded;
    }

    /// <summary>Engine: the event was taken out of the lane, applied, and its quote was published.</summary>
    public void NoteEngine(long number, long taken, long applied, long published)
    {
        if (_applied is not null)
        {
            _applied[number] = applied;
        }

        _taken[number] = taken;
        _published[number] = published;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_published);

    /// <summary>One histogram a stage of the first so many messages; one that was not quoted is left out.</summary>
    public Histogram[] Histograms(long count, Schedule schedule)
    {
        var names = _applied is null ? Stages : SplitStages;
        var stages = new Histogram[names.Length];
        for (var stage = 0; stage < stages.Length; stage++)
        {
            stages[stage] = new Histogram(Layout);
        }

        for (var number = 0L; number < count; number++)
        {
            if (_published[number] != 0)
            {
                var intended = schedule.IntendedNanos(number);

                // The stamp is of the look that found the event, which may have begun just before it was published.
                var taken = Math.Max(_taken[number], _decoded[number]);
                stages[0].Record(_started[number] - intended);
                stages[1].Record(_decoded[number] - _started[number]);
                stages[2].Record(taken - _decoded[number]);
                var applied = _applied is null ? taken : Math.Max(_applied[number], taken);
                if (_applied is not null)
                {
                    stages[3].Record(applied - taken);
                }

                stages[^2].Record(_published[number] - applied);
                stages[^1].Record(_published[number] - intended);
            }
        }

        return stages;
    }

    private static long[] Touched(int capacity)
    {
        var stamps = GC.AllocateUninitializedArray<long>(capacity, pinned: true);
        Array.Clear(stamps);
        return stamps;
    }
}
