namespace LowLatencyQuoter.Server.Grpc;

/// <summary>A frame's place in the window.</summary>
internal struct FrameSlot
{
    /// <summary>The frame.</summary>
    public EncodedFrame Frame;

    /// <summary>Number of the change among all of the feed, also those that it was overtaken by.</summary>
    public long Change;

    /// <summary>Number of the quote in its ring.</summary>
    public long Sequence;
}
