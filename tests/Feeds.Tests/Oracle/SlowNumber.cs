using System;
using System.Globalization;
using System.Linq;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>
/// Decimal text by string handling: anything that fits a 64-bit integer on a scale of at most 18 digits.
/// </summary>
internal static class SlowNumber
{
    public static bool TryParse(string text, out decimal value, out int written)
    {
        value = 0;
        written = 0;
        var negative = text.StartsWith('-');
        var rest = negative ? text[1..] : text;
        var at = rest.IndexOfAny(['e', 'E']);
        var exponent = 0L;
        if (at >= 0)
        {
            var power = rest[(at + 1)..];
            var digits = power.TrimStart('+', '-');
            if (power.Length - digits.Length > 1 || !IsDigits(digits) || digits.Length > 18)
            {
                return false;
            }

            exponent = long.Parse(digits, CultureInfo.InvariantCulture) * (power[0] == '-' ? -1 : 1);
            rest = rest[..at];
        }

        var parts = rest.Split('.');
        if (parts.Length > 2 || !parts.All(IsDigits) || Math.Abs(exponent) > 999)
        {
            return false;
        }

        var fraction = parts.Length == 2 ? parts[1] : "";
        var all = (parts[0] + fraction).TrimStart('0');
        exponent -= fraction.Length;
        written = (int)Math.Max(0, -exponent);
        var significant = all.TrimEnd('0');
        exponent += all.Length - significant.Length;
        if (significant.Length == 0)
        {
            return true;
        }

        if (significant.Length > 19 || exponent < -18 || exponent + significant.Length > 19)
        {
            return false;
        }

        value = decimal.Parse(
            $"{(negative ? "-" : "")}{significant}e{exponent}", NumberStyles.Float, CultureInfo.InvariantCulture);
        return true;
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
