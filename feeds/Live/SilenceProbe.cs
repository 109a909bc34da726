namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// A question to the venue about a silent book: the update id its book has now. An id that is not ours means that
/// updates were lost on a living socket, unless they come within one more usual wait. One thread.
/// </summary>
internal struct SilenceProbe
{
    /// <summary>The wish a snapshot has that is only looked at: no book ever waits for it.</summary>
    public const long Wish = -1;

    private long _askedNanos;
    private long _answeredNanos;

    /// <summary>True from the question until the verdict.</summary>
    public readonly bool IsOpen => _askedNanos != 0;

    /// <summary>True while there is no answer.</summary>
    public readonly bool IsAwaited => _askedNanos != 0 && _answeredNanos == 0;

    /// <summary>The venue was asked.</summary>
    public void Ask(long nanos)
    {
        _askedNanos = nanos;
        _answeredNanos = 0;
    }

    /// <summary>The answer is on its way into the engine.</summary>
    public void NoteAnswer(long nanos) => _answeredNanos = nanos;

    /// <summary>No verdict: the book has spoken, or the venue has not.</summary>
    public void Close() => _askedNanos = 0;

    /// <summary>True once there is an answer, and the updates it may be ahead by had their time to come.</summary>
    public readonly bool IsVerdictDue(long nanos, long usualNanos) =>
        IsOpen && _answeredNanos != 0 && nanos - _answeredNanos > usualNanos;

    /// <summary>True when the question is older than that.</summary>
    public readonly bool IsAnswerLate(long nanos, long limitNanos) => IsOpen && nanos - _askedNanos > limitNanos;

    /// <summary>True when a message of the book came after the question.</summary>
    public readonly bool IsRefutedBy(long receivedNanos) => IsOpen && receivedNanos > _askedNanos;
}
