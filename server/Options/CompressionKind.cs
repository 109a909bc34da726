namespace LowLatencyQuoter.Server.Options;

/// <summary>Whether a venue is asked to compress its messages.</summary>
public enum CompressionKind
{
    /// <summary>Nothing is offered: the shortest way for a message.</summary>
    Off,

    /// <summary>permessage-deflate is offered; the venue may decline.</summary>
    Deflate,
}
