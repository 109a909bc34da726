using System;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// How often a book's messages come, and since when none has: silence is judged against the book's own habit. Usual is
/// the longest wait there was, which fades with each message that comes sooner. After twice that the venue is asked
/// (<see cref="IsProbeDue"/>); each answer that nothing happened doubles the patience, until a message comes.
/// One thread.
/// </summary>
internal struct BookCadence
{
    /// <summary>No book is expected to speak more often; it bounds what asking costs.</summary>
    public const long LeastUsualNanos = 1_000_000_000;

    private const int Fading = 64;
    private const int MostDoublings = 12;
    private long _lastNanos;
    private long _usualNanos;
    private int _quietAnswers;

    /// <summary>The longest wait that is usual, in nanoseconds.</summary>
    public readonly long UsualNanos => Math.Max(_usualNanos, LeastUsualNanos);

    /// <summary>When the last message was received; 0: none yet.</summary>
    public readonly long LastNanos => _lastNanos;

    /// <summary>Forgets the last message, not what is usual: a book that was away does not count its absence.</summary>
    public void Restart(long nanos)
    {
        _lastNanos = nanos;
        _quietAnswers = 0;
    }

    /// <summary>Call often, with the time of the book's last message.</summary>
    public void Observe(long receivedNanos)
    {
        if (receivedNanos <= _lastNanos)
        {
            return;
        }

        _usualNanos = Math.Max(receivedNanos - _lastNanos, _usualNanos - (_usualNanos / Fading));
        _lastNanos = receivedNanos;
        _quietAnswers = 0;
    }

    /// <summary>The venue says that nothing happened.</summary>
    public void NoteQuiet() => _quietAnswers = Math.Min(_quietAnswers + 1, MostDoublings);

    /// <summary>
    /// A snapshot that was asked for has come: it is no message of the book's habit, and says that it is served.
    /// </summary>
    public void NoteRenewed(long receivedNanos)
    {
        _lastNanos = Math.Max(_lastNanos, receivedNanos);
        NoteQuiet();
    }

    /// <summary>True when it has been silent for so long that the venue should be asked.</summary>
    public readonly bool IsProbeDue(long nanos) =>
        _lastNanos != 0 && nanos - _lastNanos > (2 * UsualNanos) << _quietAnswers;
}
