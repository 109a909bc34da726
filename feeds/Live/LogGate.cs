namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// Lets one message a second through, so that a storm of faults is not a storm of log lines. One thread.
/// </summary>
internal struct LogGate
{
    private const long NanosApart = 1_000_000_000;
    private long _next;

    /// <summary>True when the message may be logged.</summary>
    public bool TryPass(long nanos)
    {
        if (nanos < _next)
        {
            return false;
        }

        _next = nanos + NanosApart;
        return true;
    }
}
