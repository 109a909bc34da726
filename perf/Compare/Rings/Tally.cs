using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>
/// What a consumer received, and when each chunk of it was complete. Threads: the consumer, and who joined it.
/// </summary>
internal sealed class Tally(int events)
{
    /// <summary>
    /// Events in a chunk: a few times the slots there are, so that each chunk holds full and empty rings.
    /// </summary>
    public const int ChunkEvents = 4_096;

    private readonly long[] _stamps = new long[(events / ChunkEvents) + 1];
    private Counts _counts;

    /// <summary>Events.</summary>
    public int Count => _counts.Count;

    /// <summary>Sum of the first and last fields, which tells lost and torn events.</summary>
    public long Sum => _counts.Sum;

    /// <summary>Takes an event in.</summary>
    public void Add(in Event64 item)
    {
        _counts.Sum += item.First + item.Last;
        if (++_counts.Count % ChunkEvents == 0)
        {
            _stamps[Count / ChunkEvents] = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Seconds that each whole chunk took, from the end of the one before.</summary>
    public IReadOnlyList<double> ChunkSeconds()
    {
        var seconds = new List<double>();
        for (var chunk = 2; chunk <= Count / ChunkEvents; chunk++)   // the first one holds the start of the threads
        {
            seconds.Add((_stamps[chunk] - _stamps[chunk - 1]) / (double)Stopwatch.Frequency);
        }

        return seconds;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Counts
    {
        [FieldOffset(128)]
        public long Sum;

        [FieldOffset(136)]
        public int Count;
    }
}
