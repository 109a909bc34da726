using System;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>Times as captures spell them.</summary>
internal static class CaptureTime
{
    /// <summary>Seconds of Unix time with a fraction, to nanoseconds.</summary>
    public static bool TryParseSeconds(ReadOnlySpan<byte> text, out long nanos) =>
        DecimalText.TryScale(text, 9, out nanos) == DecimalOutcome.Exact && nanos >= 0;
}
