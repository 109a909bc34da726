using System;
using System.Text;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>Symbols of messages as strings. Cold: for the scan of a recording.</summary>
internal static class SymbolText
{
    /// <summary>The symbol with escapes resolved; empty when it cannot be one.</summary>
    public static string Of(JsonText symbol)
    {
        Span<byte> room = stackalloc byte[128];
        return symbol.TryResolve(room, out var text) ? Encoding.UTF8.GetString(text) : "";
    }
}
