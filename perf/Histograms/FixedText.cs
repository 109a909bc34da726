using System;
using System.Globalization;

namespace LowLatencyQuoter.Perf.Histograms;

/// <summary>
/// Numbers with a fixed count of decimals as the histogram tools write them: the shortest decimal form of the double,
/// rounded half up. .NET's own formats round the exact binary value, which differs in ties such as 1.005.
/// </summary>
internal static class FixedText
{
    /// <summary>The number with so many decimals.</summary>
    public static string Format(double value, int decimals)
    {
        var format = string.Create(CultureInfo.InvariantCulture, $"F{decimals}");
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return decimal.TryParse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? Math.Round(exact, decimals, MidpointRounding.AwayFromZero).ToString(format, CultureInfo.InvariantCulture)
            : value.ToString(format, CultureInfo.InvariantCulture);   // beyond 28 digits, where no decimals are left
    }
}
