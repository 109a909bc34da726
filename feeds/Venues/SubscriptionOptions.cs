namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>Choices of a subscription.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>Levels a side to ask for, one of the venue's depths; 0: full.</summary>
    public int Depth { get; init; }

    /// <summary>Take whole books instead of changes, where the venue has both.</summary>
    public bool WholeBooks { get; init; }

    /// <summary>Also take the venue's top-of-book feed and compare it with the book.</summary>
    public bool CrossCheck { get; init; }
}
