using System;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>A capture file cannot be read; the message names file, line or byte, and what was expected.</summary>
public sealed class CaptureFormatException : Exception
{
    /// <summary>Says what is wrong where.</summary>
    public CaptureFormatException(string message)
        : base(message)
    {
    }
}
