using System;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// When the venue is asked for its own book: once a period, the first time after a random part of it, so that the books
/// of a venue take turns; after a second when the last answer differed. One thread.
/// </summary>
internal struct AuditPacing
{
    private const long AgainNanos = 1_000_000_000;
    private long _nextNanos;
    private long _answerUntilNanos;
    private long _differed;

    /// <summary>True when it is time to ask about a live book.</summary>
    public bool IsDue(BookStatus status, long periodNanos, long nanos, Random jitter)
    {
        if (_nextNanos == 0)
        {
            _nextNanos = nanos + (long)(jitter.NextDouble() * periodNanos);
            _differed = status.AuditsDiffering;
        }

        if (status.AuditsDiffering != _differed)
        {
            _differed = status.AuditsDiffering;
            _nextNanos = Math.Min(_nextNanos, nanos + AgainNanos);
        }

        return nanos >= _nextNanos && nanos >= _answerUntilNanos;
    }

    /// <summary>The venue was asked; another question waits for the answer, or for so long.</summary>
    public void NoteAsked(long periodNanos, long limitNanos, long nanos)
    {
        _nextNanos = nanos + periodNanos;
        _answerUntilNanos = nanos + limitNanos;
    }

    /// <summary>The answer is there, or there is none.</summary>
    public void NoteAnswer() => _answerUntilNanos = 0;
}
