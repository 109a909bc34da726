using System;
using System.Collections.Generic;
using System.Threading;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// How fast named counts grow, over the last five seconds. A count that fell began anew. Threads: any; a call waits for
/// another one's moment.
/// </summary>
internal sealed class MessageRates
{
    /// <summary>How often a count is noted at most.</summary>
    public const long PeriodNanos = 1_000_000_000;

    private const int NotesMax = 6;
    private const double NanosPerSecond = 1e9;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<(long Nanos, long Count)>> _notes = new(StringComparer.Ordinal);
    private long _notedNanos;

    /// <summary>Notes the counts, when a second has passed since the last time.</summary>
    /// <param name="nowNanos">Now, on the engine's clock.</param>
    /// <param name="counts">The counts by their names; called only when they are noted.</param>
    public void Note(long nowNanos, Func<IEnumerable<(string Name, long Count)>> counts)
    {
        lock (_gate)
        {
            if (_notedNanos != 0 && nowNanos - _notedNanos < PeriodNanos)
            {
                return;
            }

            _notedNanos = nowNanos;
            foreach (var (name, count) in counts())
            {
                Add(name, nowNanos, count);
            }
        }
    }

    /// <summary>How much the count grows in a second; null when it was noted less than twice.</summary>
    public double? Of(string name)
    {
        lock (_gate)
        {
            if (!_notes.TryGetValue(name, out var notes) || notes.Count < 2)
            {
                return null;
            }

            var oldest = notes.Peek();
            var latest = oldest;
            foreach (var note in notes)
            {
                latest = note;
            }

            return (latest.Count - oldest.Count) * NanosPerSecond / (latest.Nanos - oldest.Nanos);
        }
    }

    private void Add(string name, long nanos, long count)
    {
        if (!_notes.TryGetValue(name, out var notes))
        {
            _notes.Add(name, notes = new Queue<(long, long)>());
        }

        foreach (var note in notes)
        {
            if (note.Count > count)
            {
                notes.Clear();
                break;
            }
        }

        notes.Enqueue((nanos, count));
        if (notes.Count > NotesMax)
        {
            notes.Dequeue();
        }
    }
}
