using System;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>When a book's snapshot may be asked for again: at once the first time, then after growing waits.</summary>
internal struct SnapshotPacing
{
    private const int FirstWaitMillis = 250;
    private const int MaxWaitMillis = 10_000;

    /// <summary>The book's count of wishes that has been served.</summary>
    public long Served;

    /// <summary>True while an answer is awaited.</summary>
    public bool IsAsked;

    /// <summary>When it was asked for.</summary>
    public long AskedNanos;

    /// <summary>Snapshots that the book had taken when it was asked for: one more is the answer.</summary>
    public long TakenBefore;

    /// <summary>Not before this.</summary>
    public long NotBeforeNanos;

    private int _attempts;

    /// <summary>Notes an attempt; returns how long the next one has to wait.</summary>
    public int NoteAttempt(long nanos, Random jitter)
    {
        var bound = Math.Min(MaxWaitMillis, FirstWaitMillis << Math.Min(_attempts, 6));
        var wait = _attempts == 0 ? FirstWaitMillis : (bound / 2) + jitter.Next(bound / 2);
        _attempts++;
        IsAsked = true;
        AskedNanos = nanos;
        NotBeforeNanos = nanos + (wait * 1_000_000L);
        return wait;
    }

    /// <summary>The book is live: the next time is a first time.</summary>
    public void Reset() => _attempts = 0;
}
