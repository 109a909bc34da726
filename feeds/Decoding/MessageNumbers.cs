namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// The numbers of the messages of one connection, where a venue gives each the last one plus 1 whatever it is about: a
/// missing one may have been of any book. Threads: one reader's.
/// </summary>
[Engine.HotPath]
internal struct MessageNumbers
{
    private long _next;
    private bool _isKnown;

    /// <summary>True when the message with this number is the next one, or the first that is seen.</summary>
    public readonly bool IsNext(long number) => number == _next || !_isKnown;

    /// <summary>The message with this number was taken, whether it was the next one or not.</summary>
    public void Take(long number)
    {
        _next = number + 1;
        _isKnown = true;
    }

    /// <summary>The next message may have any number: a connection begins, or a number could not be read.</summary>
    public void Forget() => _isKnown = false;
}
