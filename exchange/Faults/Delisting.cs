using System;
using System.Collections.Generic;
using System.Text;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>
/// Symbols that a venue lists no more: they are renamed on their way in and in lists on their way out, so that the
/// venue itself does not know them, and named rightly again where it answers.
/// </summary>
internal static class Delisting
{
    /// <summary>What the client says, with names that the venue does not know.</summary>
    public static ReadOnlyMemory<byte> Rename(VenueFaults venue, ReadOnlyMemory<byte> text) =>
        Replace(venue, text, static symbol => (symbol, Unknown(symbol)));

    /// <summary>As <see cref="Rename(VenueFaults,ReadOnlyMemory{byte})"/>, for addresses.</summary>
    public static string Rename(VenueFaults venue, string text) =>
        venue.SymbolsOf("delist").Count == 0
            ? text
            : Encoding.UTF8.GetString(Rename(venue, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)).Span);

    /// <summary>What the venue says, with the names that the client used.</summary>
    public static ReadOnlyMemory<byte> Restore(VenueFaults venue, ReadOnlyMemory<byte> text) =>
        Replace(venue, text, static symbol => (Unknown(symbol), symbol));

    /// <summary>A name of the same length that no venue lists.</summary>
    private static string Unknown(string symbol)
    {
        var at = symbol.StartsWith('t') && symbol.Length > 1 && char.IsUpper(symbol[1]) ? 1 : 0;
        return $"{symbol[..at]}{(char.IsLower(symbol[at]) ? "qz" : "QZ")}{symbol[(at + 2)..]}";
    }

    private static ReadOnlyMemory<byte> Replace(
        VenueFaults venue, ReadOnlyMemory<byte> text, Func<string, (string From, string To)> names)
    {
        IReadOnlyList<string?> symbols = venue.IsArmed ? venue.SymbolsOf("delist") : [];
        foreach (var symbol in symbols)
        {
            if (symbol is null)
            {
                continue;
            }

            text = Replace(text, names(symbol));
            text = Replace(text, names(symbol.ToLowerInvariant()));
        }

        return text;
    }

    private static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> text, (string From, string To) names)
    {
        var at = BookFrames.IndexOf(text.Span, names.From);
        if (at < 0)
        {
            return text;
        }

        var renamed = text.ToArray();
        while (at >= 0)
        {
            Encoding.ASCII.GetBytes(names.To, renamed.AsSpan(at));
            at = BookFrames.IndexOf(renamed, names.From);
        }

        return renamed;
    }
}
