using System;
using System.Text.Json;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Health;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// The event <c>quote</c>: an instrument's consolidated book. Prices and quantities are exact decimals as strings, and
/// so are times and sequences, which JavaScript's numbers could not hold. Fields: docs/page.md.
/// </summary>
internal static class QuoteEvent
{
    /// <summary>The event's name.</summary>
    public const string Name = "quote";

    /// <summary>Writes the quote that reader and view hold.</summary>
    /// <param name="json">Receives one object.</param>
    /// <param name="parts">Names venues and tells the time.</param>
    /// <param name="symbol">The instrument.</param>
    /// <param name="quote">Its quote.</param>
    /// <param name="view">The same with as many levels as the client wants.</param>
    /// <param name="replaced">Quotes left out since the one sent before.</param>
    public static void Write(
        Utf8JsonWriter json, PageParts parts, string symbol, QuoteReader quote, QuoteView view, long replaced)
    {
        ref var header = ref quote.Header;
        var unixOffset = parts.UnixOffsetNanos();
        json.WriteStartObject();
        json.WriteString("symbol"u8, symbol);
        json.WriteString("epoch"u8, parts.Epoch);
        json.WriteString("sequence"u8, Text.Number(header.Sequence));
        json.WriteString("replaced"u8, Text.Number(replaced));
        if (header.VenueUnixNanos != 0)
        {
            json.WriteString("venueTime"u8, Text.Number(header.VenueUnixNanos));
        }

        if (header.ReceivedNanos != 0)
        {
            json.WriteString("receivedTime"u8, Text.Number(header.ReceivedNanos + unixOffset));
        }

        json.WriteString("publishedTime"u8, Text.Number(header.PublishedNanos + unixOffset));
        WriteSide(json, "bids"u8, view.Bids, parts, ref header);
        WriteSide(json, "asks"u8, view.Asks, parts, ref header);
        if (view.HasSpread)
        {
            WriteDecimal(json, "spread"u8, (long)view.Spread, header.PriceScale);
            json.WriteBoolean("crossed"u8, view.Spread < 0);
            json.WriteBoolean("locked"u8, view.Spread == 0);
        }

        WriteVenues(json, parts, ref header);
        json.WriteEndObject();
    }

    private static void WriteSide(
        Utf8JsonWriter json,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<ViewRow> rows,
        PageParts parts,
        ref QuoteHeader header)
    {
        json.WriteStartArray(name);
        foreach (ref readonly var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("venue"u8, parts.Table.Definitions[header.Member(row.Member).Book].Venue);
            WriteDecimal(json, "price"u8, row.QuotedPrice, header.PriceScale);
            WriteDecimal(json, "quantity"u8, row.Quantity, header.QuantityScale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What the quote rests on: the other venues' books are not live and have no level in it.</summary>
    private static void WriteVenues(Utf8JsonWriter json, PageParts parts, ref QuoteHeader header)
    {
        json.WriteStartArray("venues"u8);
        for (var index = 0; index < header.MemberCount; index++)
        {
            ref var member = ref header.Member(index);
            json.WriteStartObject();
            json.WriteString("venue"u8, parts.Table.Definitions[member.Book].Venue);
            json.WriteString("state"u8, BookStateNames.Of(member.State));
            json.WriteBoolean("quoted"u8, member.State == BookState.Live);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDecimal(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value, int scale)
    {
        Span<byte> text = stackalloc byte[ScaledText.MaxBytes];
        json.WriteString(name, text[..ScaledText.Write(text, value, scale)]);
    }
}
