namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>What can go wrong on a simulated day.</summary>
internal enum FaultKind
{
    /// <summary>A frame with levels never arrived.</summary>
    Dropped,

    /// <summary>A frame arrived twice.</summary>
    Repeated,

    /// <summary>The end of a frame was missing.</summary>
    Truncated,

    /// <summary>A byte of a frame was wrong.</summary>
    Damaged,

    /// <summary>The connection broke.</summary>
    Lost,

    /// <summary>The venue closed.</summary>
    Closed,

    /// <summary>The connection stood, and nothing passed any more.</summary>
    HalfOpen,

    /// <summary>Nothing passed for a while, then all of it.</summary>
    Stalled,

    /// <summary>One symbol was not served for a while.</summary>
    Silent,

    /// <summary>An attempt to connect failed.</summary>
    DialRefused,

    /// <summary>A request was answered with an error.</summary>
    RestFailed,

    /// <summary>A request was refused with 429.</summary>
    RestRefused,

    /// <summary>An answer took long, perhaps too long.</summary>
    RestSlow,

    /// <summary>An answer was an earlier one.</summary>
    RestStale,

    /// <summary>An answer was the book of another symbol.</summary>
    RestOther,

    /// <summary>The end of a body was missing.</summary>
    RestTruncated,

    /// <summary>The engine stood still.</summary>
    EngineStalled,
}
