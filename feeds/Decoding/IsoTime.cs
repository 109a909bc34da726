using System;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>Times such as <c>2026-08-01T02:53:53.646219Z</c> (RFC 3339, UTC) without allocating.</summary>
[Engine.HotPath]
public static class IsoTime
{
    /// <summary>Nanoseconds of Unix time; false for anything but a UTC time with 0 to 9 digits of fraction.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixNanos)
    {
        unixNanos = 0;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T'
            || text[13] != ':' || text[16] != ':' || text[^1] != 'Z'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month)
            || !TryDigits(text[8..10], out var day) || !TryDigits(text[11..13], out var hour)
            || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second)
            || year is < 1970 or > 2261 || month is < 1 or > 12
            || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        var fraction = 0L;
        if (text.Length > 20)
        {
            var digits = text[20..^1];
            if (text[19] != '.' || digits.Length is 0 or > 9 || !TryDigits(digits, out fraction))
            {
                return false;
            }

            for (var missing = 9 - digits.Length; missing > 0; missing--)
            {
                fraction *= 10;
            }
        }

        var seconds = (((((DaysSinceEpoch(year, month, day) * 24) + hour) * 60) + minute) * 60) + second;
        unixNanos = (seconds * 1_000_000_000) + fraction;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        foreach (var letter in text)
        {
            var digit = (uint)(letter - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }

    /// <summary>Days from 1970-01-01, by counting years from March so that the leap day comes last.</summary>
    private static long DaysSinceEpoch(long year, long month, long day)
    {
        year -= month <= 2 ? 1 : 0;
        var era = year / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }
}
