namespace LowLatencyQuoter.Feeds.Live;

/// <summary>Where a connection stands between two attempts and an open socket.</summary>
internal enum ConnectionStep
{
    /// <summary>Waits until the next attempt may begin.</summary>
    Resting,

    /// <summary>The attempt is to be announced, as soon as there is room.</summary>
    Announcing,

    /// <summary>The attempt is under way on another thread.</summary>
    Dialing,

    /// <summary>The socket is open and subscribed; that is to be announced, as soon as there is room.</summary>
    Subscribing,

    /// <summary>Messages are read.</summary>
    Reading,

    /// <summary>
    /// The socket is gone; its books pass to the other link if there is one, as soon as there is room.
    /// </summary>
    Leaving,

    /// <summary>Over for good.</summary>
    Ended,
}
