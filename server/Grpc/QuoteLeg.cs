namespace LowLatencyQuoter.Server.Grpc;

/// <summary>One instrument's part of a stream: how far it has come. Threads: the publisher.</summary>
/// <param name="feed">Where its frames come from.</param>
/// <param name="after">Number, in the ring, of the quote that its client has already; -1: none.</param>
internal sealed class QuoteLeg(QuoteFeed feed, long after = -1)
{
    /// <summary>Where its frames come from.</summary>
    public QuoteFeed Feed { get; } = feed;

    /// <summary>Number, in the ring, of the quote that its client has already; -1: none.</summary>
    public long After { get; } = after;

    /// <summary>The stream; set once by it.</summary>
    public QuoteSubscriber Subscriber { get; set; } = null!;

    /// <summary>Position among the legs of its feed; -1 before it is one and after it was one.</summary>
    public int Position { get; set; } = -1;

    /// <summary>Number of the frame that is due next.</summary>
    public long NextFrame { get; set; }

    /// <summary>Number of the last change that its client knows of.</summary>
    public long Change { get; set; }

    /// <summary>True from the first change it lost until it takes again.</summary>
    public bool IsConflated { get; set; }

    /// <summary>True once a quote was written.</summary>
    public bool HasBegun { get; set; }

    /// <summary>When something was last written, on the engine's clock; when it was added, before that.</summary>
    public long WrittenNanos { get; set; }

    /// <summary>When a quote was last written.</summary>
    public long QuotedNanos { get; set; }

    /// <summary>True while a quote waits for its time.</summary>
    public bool IsWaiting { get; set; }
}
