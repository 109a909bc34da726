namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>Times that venues count from 1970, to nanoseconds.</summary>
[Engine.HotPath]
internal static class UnixTime
{
    /// <summary>Nanoseconds of milliseconds; 0, which stands for no time, when they are none or do not fit.</summary>
    public static long OfMilliseconds(long milliseconds) =>
        milliseconds is > 0 and < long.MaxValue / 1_000_000 ? milliseconds * 1_000_000 : 0;
}
