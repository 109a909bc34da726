using System;
using System.Globalization;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>How fast a recording is played: a multiple of its own timing, or as fast as the client reads.</summary>
public readonly record struct PlaybackSpeed
{
    private readonly double _factor;

    private PlaybackSpeed(double factor) => _factor = factor;

    /// <summary>The recording's own timing.</summary>
    public static PlaybackSpeed Recorded => Times(1);

    /// <summary>As fast as the client reads.</summary>
    public static PlaybackSpeed Max => new(double.PositiveInfinity);

    /// <summary>Whether frames follow each other without waiting.</summary>
    public bool IsMax => double.IsPositiveInfinity(_factor);

    /// <summary>A multiple of the recording's own timing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not over zero and finite.</exception>
    public static PlaybackSpeed Times(double factor) => double.IsFinite(factor) && factor > 0
        ? new PlaybackSpeed(factor)
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "the speed must be over 0");

    /// <summary>Reads <c>max</c> or a number over zero.</summary>
    public static bool TryParse(string text, out PlaybackSpeed speed)
    {
        if (text == "max")
        {
            speed = Max;
            return true;
        }

        var parsed = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
            && double.IsFinite(factor) && factor > 0;
        speed = parsed ? new PlaybackSpeed(factor) : default;
        return parsed;
    }

    /// <summary><c>max</c> or the number.</summary>
    public override string ToString() => IsMax ? "max" : _factor.ToString(CultureInfo.InvariantCulture);

    /// <summary>How long after the first frame one is due that was recorded so much later.</summary>
    internal TimeSpan After(long nanos) => IsMax ? TimeSpan.Zero : TimeSpan.FromTicks((long)(nanos / 100.0 / _factor));
}
