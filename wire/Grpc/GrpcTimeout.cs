using System;
using System.Globalization;

namespace LowLatencyQuoter.Wire.Grpc;

/// <summary>
/// The <c>grpc-timeout</c> header: one to eight decimal digits and a unit, for instance <c>150m</c>. Units: <c>H</c>
/// hours, <c>M</c> minutes, <c>S</c> seconds, <c>m</c> milliseconds, <c>u</c> microseconds, <c>n</c> nanoseconds.
/// </summary>
public static class GrpcTimeout
{
    private const int MaxDigits = 8;
    private const long MaxValue = 99_999_999;
    private const long NanosPerTick = 100;

    /// <summary>
    /// Reads the header; false when it is malformed. Nanoseconds are rounded up to the 100 of a <see cref="TimeSpan"/>,
    /// so that a time above zero never becomes zero.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > MaxDigits + 1)
        {
            return false;
        }

        var value = 0L;
        foreach (var digit in text[..^1])
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        if (text[^1] == 'n')
        {
            timeout = new TimeSpan((value + NanosPerTick - 1) / NanosPerTick);
            return true;
        }

        var ticksPerUnit = TicksPerUnit(text[^1]);
        timeout = new TimeSpan(value * ticksPerUnit);   // 99,999,999 hours are 3.6e18 ticks: no overflow
        return ticksPerUnit != 0;
    }

    /// <summary>
    /// Writes the header in the finest unit that holds the time in eight digits, rounded up to that unit. A time of
    /// zero or less is <c>0n</c>; more than 99,999,999 hours become that.
    /// </summary>
    public static string Format(TimeSpan timeout)
    {
        var ticks = timeout.Ticks;
        if (ticks <= 0)
        {
            return "0n";
        }

        if (ticks <= MaxValue / NanosPerTick)
        {
            return Text(ticks * NanosPerTick, 'n');
        }

        foreach (var unit in "umSMH")
        {
            var ticksPerUnit = TicksPerUnit(unit);
            var value = (ticks / ticksPerUnit) + (ticks % ticksPerUnit == 0 ? 0 : 1);
            if (value <= MaxValue)
            {
                return Text(value, unit);
            }
        }

        return Text(MaxValue, 'H');
    }

    private static long TicksPerUnit(char unit) => unit switch
    {
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        'S' => TimeSpan.TicksPerSecond,
        'm' => TimeSpan.TicksPerMillisecond,
        'u' => TimeSpan.TicksPerMicrosecond,
        _ => 0,
    };

    private static string Text(long value, char unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
}
