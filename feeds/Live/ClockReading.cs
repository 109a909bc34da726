namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// What is known of a venue's clock: the true difference lies within <paramref name="OffsetNanos"/> plus and minus
/// <paramref name="UncertaintyNanos"/>, provided that the venue stamps a message when it sends it; a venue that stamps
/// earlier seems to be behind by so much.
/// </summary>
/// <param name="IsKnown">False: no message has stated a time, or nothing bounds how long one is under way.</param>
/// <param name="OffsetNanos">Our wall clock minus the venue's, nanoseconds.</param>
/// <param name="UncertaintyNanos">Half the width of what is possible, nanoseconds.</param>
public readonly record struct ClockReading(bool IsKnown, long OffsetNanos, long UncertaintyNanos)
{
    /// <summary>Venues state milliseconds, and cut what is behind: a stamp may be too early by so much.</summary>
    public const long StampNanos = 1_000_000;

    /// <summary>Makes a reading of its parts.</summary>
    /// <param name="leastNanos">Least receive time on the monotonic clock minus venue time.</param>
    /// <param name="unixOffsetNanos">What has to be added to the monotonic clock to get Unix time.</param>
    /// <param name="roundTripNanos">The least round trip of the connection: no way takes longer; 0: not known.</param>
    public static ClockReading Of(long leastNanos, long unixOffsetNanos, long roundTripNanos)
    {
        if (leastNanos == long.MaxValue || roundTripNanos <= 0)
        {
            return default;
        }

        // The message was under way for more than nothing and for less than the round trip.
        var most = leastNanos + unixOffsetNanos;
        var width = roundTripNanos + StampNanos;
        return new ClockReading(true, most - (width / 2), width / 2);
    }
}
