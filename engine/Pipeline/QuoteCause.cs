namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>The message that made a quote necessary.</summary>
public readonly struct QuoteCause
{
    /// <summary>Names a message.</summary>
    public QuoteCause(int book, long venueUnixNanos, long receivedNanos)
    {
        Book = book;
        VenueUnixNanos = venueUnixNanos;
        ReceivedNanos = receivedNanos;
    }

    /// <summary>The book it was for.</summary>
    public int Book { get; }

    /// <summary>The venue's time, nanoseconds of Unix time; 0 if it states none.</summary>
    public long VenueUnixNanos { get; }

    /// <summary>When it was received, on the engine's clock.</summary>
    public long ReceivedNanos { get; }
}
