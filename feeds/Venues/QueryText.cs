using System;
using System.Globalization;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>Values out of the query of a recorded address.</summary>
internal static class QueryText
{
    /// <summary>The value of a name, unescaped; empty when it is not there.</summary>
    public static string Value(Uri address, string name)
    {
        foreach (var part in address.Query.TrimStart('?').Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part.AsSpan(0, equals).SequenceEqual(name))
            {
                return Uri.UnescapeDataString(part[(equals + 1)..]);
            }
        }

        return "";
    }

    /// <summary>The number that a name has; what is said otherwise when it is not there or no number.</summary>
    public static int Number(Uri address, string name, int otherwise) =>
        int.TryParse(Value(address, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
