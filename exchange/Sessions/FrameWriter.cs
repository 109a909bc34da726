using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>Writes JSON messages one after the other into a reused buffer. One thread at a time.</summary>
internal sealed class FrameWriter
{
    private const int DecimalTextMax = 40;

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public FrameWriter() => Json = new Utf8JsonWriter(
        _buffer,
        new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Where the message is written.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Starts a message.</summary>
    public Utf8JsonWriter Begin()
    {
        _buffer.ResetWrittenCount();
        Json.Reset();
        return Json;
    }

    /// <summary>Ends the message and returns its bytes, which nobody changes any more.</summary>
    public byte[] End()
    {
        Json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a scaled integer as a JSON string with a fixed number of decimals.</summary>
    public void DecimalString(long scaled, int decimals, int printed)
    {
        Span<byte> text = stackalloc byte[DecimalTextMax];
        Json.WriteStringValue(text[..Format(text, scaled, decimals, printed)]);
    }

    /// <summary>Writes a scaled integer as a JSON string without trailing zeros.</summary>
    public void StrippedString(long scaled, int decimals)
    {
        while (decimals > 0 && scaled % 10 == 0)
        {
            scaled /= 10;
            decimals--;
        }

        DecimalString(scaled, decimals, decimals);
    }

    /// <summary>Writes a <c>["price","size"]</c> row without trailing zeros.</summary>
    public void StrippedRow(long ticks, long lots, Listing listing)
    {
        Json.WriteStartArray();
        StrippedString(ticks, listing.PriceDecimals);
        StrippedString(lots, listing.QuantityDecimals);
        Json.WriteEndArray();
    }

    /// <summary>Writes stripped rows of levels, 0 lots for a delete.</summary>
    public void StrippedRows(IEnumerable<(long Ticks, long Lots)> levels, Listing listing)
    {
        Json.WriteStartArray();
        foreach (var (ticks, lots) in levels)
        {
            StrippedRow(ticks, lots, listing);
        }

        Json.WriteEndArray();
    }

    /// <summary>Writes stripped rows of the best levels of a side.</summary>
    public void StrippedRows(SimulatedSide side, int count, Listing listing)
    {
        Json.WriteStartArray();
        for (var rank = 0; rank < Math.Min(count, side.Count); rank++)
        {
            StrippedRow(side.TicksAt(rank), side.LotsAt(rank), listing);
        }

        Json.WriteEndArray();
    }

    /// <summary>Writes a scaled integer as a bare JSON number with all its declared decimals.</summary>
    public void DecimalNumber(long scaled, int decimals)
    {
        Span<byte> text = stackalloc byte[DecimalTextMax];
        Json.WriteRawValue(text[..Format(text, scaled, decimals, decimals)], skipInputValidation: true);
    }

    /// <summary>Writes <c>["price","size"]</c> rows of the best levels of a side.</summary>
    public void Rows(SimulatedSide side, int count, Listing listing, int pricePrinted, int sizePrinted)
    {
        Json.WriteStartArray();
        for (var rank = 0; rank < Math.Min(count, side.Count); rank++)
        {
            Row(side.TicksAt(rank), side.LotsAt(rank), listing, pricePrinted, sizePrinted);
        }

        Json.WriteEndArray();
    }

    /// <summary>Writes one <c>["price","size"]</c> row.</summary>
    public void Row(long ticks, long lots, Listing listing, int pricePrinted, int sizePrinted)
    {
        Json.WriteStartArray();
        DecimalString(ticks, listing.PriceDecimals, pricePrinted);
        DecimalString(lots, listing.QuantityDecimals, sizePrinted);
        Json.WriteEndArray();
    }

    private static int Format(Span<byte> text, long scaled, int decimals, int printed)
    {
        var value = (decimal)scaled / Pow10.Decimal(decimals);
        Span<char> format = stackalloc char[4];
        format[0] = 'F';
        printed.TryFormat(format[1..], out var digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        if (!value.TryFormat(
            text, out var written, format[..(digits + 1)], System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException($"the decimal text of {value} does not fit {DecimalTextMax} bytes");
        }

        return written;
    }
}
