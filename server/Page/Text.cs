using System.Globalization;

namespace LowLatencyQuoter.Server.Page;

/// <summary>Numbers as the events spell them.</summary>
internal static class Text
{
    /// <summary>A whole number; as text it keeps all its digits in JavaScript.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
