using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>Prints the books of one instrument with one depth. Touch it under the market's gate.</summary>
internal sealed class CryptocomWriter
{
    private readonly Listing _listing;
    private readonly int _depth;
    private readonly TimeProvider _clock;
    private readonly FrameWriter _writer;

    public CryptocomWriter(Listing listing, int depth, TimeProvider clock, FrameWriter writer)
    {
        _listing = listing;
        _depth = depth;
        _clock = clock;
        _writer = writer;
    }

    /// <summary>A frame of the whole book.</summary>
    public byte[] Whole(
        IEnumerable<(long Ticks, long Lots)> asks,
        IEnumerable<(long Ticks, long Lots)> bids,
        long id,
        long changedMillis)
    {
        var json = Begin("book"u8);
        Sides(asks, bids);
        Times(json, changedMillis, id);
        return End(json, id);
    }

    /// <summary>A frame of what changed.</summary>
    public byte[] Update(
        IEnumerable<(long Ticks, long Lots)> asks,
        IEnumerable<(long Ticks, long Lots)> bids,
        long previousId,
        long id,
        long changedMillis)
    {
        var json = Begin("book.update"u8);
        json.WriteStartObject("update"u8);
        Sides(asks, bids);
        json.WriteEndObject();
        Times(json, changedMillis, id);
        json.WriteNumber("pu"u8, previousId);
        return End(json, id);
    }

    /// <summary>The body of public/get-book.</summary>
    public static byte[] Rest(SimulatedBook book, int depth, TimeProvider clock)
    {
        var rest = new CryptocomWriter(book.Listing, depth, clock, new FrameWriter());
        var json = rest._writer.Begin();
        json.WriteStartObject();
        json.WriteNumber("id"u8, -1);
        json.WriteString("method"u8, "public/get-book"u8);
        json.WriteNumber("code"u8, 0);
        json.WriteStartObject("result"u8);
        json.WriteNumber("depth"u8, depth);
        json.WriteString("instrument_name"u8, book.Listing.Symbol);
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        rest.Sides(
            new DepthWindow(book.Asks, depth, deletesFallen: true).Held,
            new DepthWindow(book.Bids, depth, deletesFallen: true).Held);
        json.WriteNumber("t"u8, clock.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        return rest._writer.End();
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> channel)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteNumber("id"u8, -1);
        json.WriteString("method"u8, "subscribe"u8);
        json.WriteNumber("code"u8, 0);
        json.WriteStartObject("result"u8);
        json.WriteString("instrument_name"u8, _listing.Symbol);
        json.WriteString(
            "subscription"u8, string.Create(CultureInfo.InvariantCulture, $"book.{_listing.Symbol}.{_depth}"));
        json.WriteString("channel"u8, channel);
        json.WriteNumber("depth"u8, _depth);
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        return json;
    }

    private void Sides(IEnumerable<(long Ticks, long Lots)> asks, IEnumerable<(long Ticks, long Lots)> bids)
    {
        Rows("asks"u8, asks);
        Rows("bids"u8, bids);
    }

    private void Times(Utf8JsonWriter json, long changedMillis, long id)
    {
        json.WriteNumber("t"u8, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteNumber("tt"u8, changedMillis);
        json.WriteNumber("u"u8, id);
    }

    /// <summary>The checksum is of nothing that anybody knows; here too.</summary>
    private byte[] End(Utf8JsonWriter json, long id)
    {
        json.WriteNumber("cs"u8, unchecked((int)(id * 2_654_435_761)));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        return _writer.End();
    }

    /// <summary>Numbers at their full precision; a level that is gone has a plain 0 and no orders.</summary>
    private void Rows(ReadOnlySpan<byte> name, IEnumerable<(long Ticks, long Lots)> levels)
    {
        var json = _writer.Json;
        json.WriteStartArray(name);
        foreach (var (ticks, lots) in levels)
        {
            json.WriteStartArray();
            _writer.DecimalString(ticks, _listing.PriceDecimals, _listing.PriceDecimals);
            _writer.DecimalString(lots, _listing.QuantityDecimals, lots == 0 ? 0 : _listing.QuantityDecimals);
            _writer.StrippedString(lots == 0 ? 0 : 1 + (((ticks * 31) + lots) % 14), 0);    // orders at the price
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
