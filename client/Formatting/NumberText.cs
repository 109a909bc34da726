using System;
using System.Globalization;

namespace LowLatencyQuoter.Client.Formatting;

/// <summary>Prices and amounts as people read them: invariant culture, no exponent.</summary>
internal static class NumberText
{
    /// <summary>Digits after the point that a column shows at most.</summary>
    public const int MaxDecimals = 10;

    /// <summary>
    /// The fewest digits that give the same number back, without exponent wherever a <see cref="decimal"/> can hold it.
    /// </summary>
    public static string Exact(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal)
            && decimal.TryParse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            && (double)exact == value
            ? exact.ToString(CultureInfo.InvariantCulture)
            : shortest;
    }

    /// <summary>Digits after the point of <see cref="Exact"/>, at most <see cref="MaxDecimals"/>.</summary>
    public static int Decimals(double value)
    {
        var text = Exact(value);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : Math.Min(text.Length - point - 1, MaxDecimals);
    }

    /// <summary>The number rounded to so many digits after the point.</summary>
    public static string Fixed(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
