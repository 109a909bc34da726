using System.Numerics;
using System.Text.RegularExpressions;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Wire.Tests.Text;

/// <summary>Decimal text by a regular expression and integers without bounds.</summary>
internal static partial class DecimalOracle
{
    /// <summary>What the text is on a scale, and the integer when that is exact.</summary>
    public static (DecimalOutcome Outcome, long Value) Scale(string text, int scale)
    {
        if (!TryParse(text, out var digits, out var exponent))
        {
            return (DecimalOutcome.Malformed, 0);
        }

        for (; !digits.IsZero && digits % 10 == 0; exponent++)
        {
            digits /= 10;
        }

        if (digits.IsZero)
        {
            return (DecimalOutcome.Exact, 0);
        }

        if (BigInteger.Abs(digits) >= BigInteger.Pow(10, 38))
        {
            return (DecimalOutcome.OutOfRange, 0);
        }

        if (-exponent > scale)
        {
            return (-exponent > 18 ? DecimalOutcome.OutOfRange : DecimalOutcome.NeedsFinerScale, 0);
        }

        var value = digits * BigInteger.Pow(10, exponent + scale);
        return BigInteger.Abs(value) > long.MaxValue
            ? (DecimalOutcome.OutOfRange, 0)
            : (DecimalOutcome.Exact, (long)value);
    }

    /// <summary>Digits and power of ten as written; false when the text is no decimal number.</summary>
    public static bool TryParse(string text, out BigInteger digits, out int exponent)
    {
        digits = default;
        exponent = 0;
        var match = Grammar().Match(text);
        if (!match.Success)
        {
            return false;
        }

        digits = BigInteger.Parse(match.Groups[1].Value + match.Groups[2].Value + match.Groups[3].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        exponent = match.Groups[4].Success
            ? int.Parse(match.Groups[4].Value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        exponent -= match.Groups[3].Length;
        return true;
    }

    [GeneratedRegex(@"\A(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?0*[0-9]{1,3}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
