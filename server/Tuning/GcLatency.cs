using System;
using System.Globalization;
using System.Runtime;

namespace LowLatencyQuoter.Server.Tuning;

/// <summary>How the garbage collector weighs pauses against memory.</summary>
/// <param name="Mode">The runtime's mode; null: as the runtime was configured.</param>
/// <param name="Mebibytes">With <see cref="GCLatencyMode.NoGCRegion"/>: what may be allocated without one.</param>
public readonly record struct GcLatency(GCLatencyMode? Mode, int Mebibytes)
{
    private const int MebibytesMax = 4_096;
    private const string NoGcPrefix = "no-gc:";

    /// <summary>As the runtime was configured.</summary>
    public static GcLatency Default => new(null, 0);

    /// <summary>Reads <c>low-latency</c> or <c>no-gc:256</c>.</summary>
    /// <exception cref="FormatException">Says what is expected.</exception>
    public static GcLatency Parse(string text)
    {
        if (text.StartsWith(NoGcPrefix, StringComparison.Ordinal))
        {
            return int.TryParse(
                    text.AsSpan(NoGcPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes)
                && mebibytes is >= 1 and <= MebibytesMax
                    ? new GcLatency(GCLatencyMode.NoGCRegion, mebibytes)
                    : throw new FormatException($"'{text}' is not no-gc:MIB with 1 to {MebibytesMax} MiB");
        }

        return text switch
        {
            "default" => Default,
            "low-latency" => new GcLatency(GCLatencyMode.LowLatency, 0),
            "sustained-low-latency" => new GcLatency(GCLatencyMode.SustainedLowLatency, 0),
            _ => throw new FormatException(
                $"'{text}' is not one of default, low-latency, sustained-low-latency, no-gc:MIB"),
        };
    }

    /// <summary>As one would write it.</summary>
    public override string ToString() => Mode switch
    {
        GCLatencyMode.NoGCRegion => string.Create(CultureInfo.InvariantCulture, $"{NoGcPrefix}{Mebibytes}"),
        GCLatencyMode.LowLatency => "low-latency",
        GCLatencyMode.SustainedLowLatency => "sustained-low-latency",
        _ => "default",
    };
}
