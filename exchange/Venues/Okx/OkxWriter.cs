using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>Prints the books of one instrument. Touch it under the market's gate.</summary>
internal sealed class OkxWriter
{
    private readonly Listing _listing;
    private readonly TimeProvider _clock;
    private readonly FrameWriter _writer;

    public OkxWriter(Listing listing, TimeProvider clock, FrameWriter writer)
    {
        _listing = listing;
        _clock = clock;
        _writer = writer;
    }

    /// <summary>A frame of <c>books</c>.</summary>
    public byte[] Book(
        string action,
        IEnumerable<(long Ticks, long Lots)> asks,
        IEnumerable<(long Ticks, long Lots)> bids,
        int checksum,
        long previousId,
        long id)
    {
        var json = Begin("books");
        json.WriteString("action"u8, action);
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        Sides(asks, bids);
        json.WriteNumber("checksum"u8, checksum);
        json.WriteNumber("prevSeqId"u8, previousId);
        json.WriteNumber("seqId"u8, id);
        return End();
    }

    /// <summary>A frame of a channel whose pushes are whole.</summary>
    public byte[] Whole(
        string channel, IEnumerable<(long Ticks, long Lots)> asks, IEnumerable<(long Ticks, long Lots)> bids, long id)
    {
        var json = Begin(channel);
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        Sides(asks, bids);
        json.WriteNumber("seqId"u8, id);
        return End();
    }

    /// <summary>The body of market/books.</summary>
    public byte[] Rest(SimulatedBook book, int depth)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteString("code"u8, "0"u8);
        json.WriteString("msg"u8, ""u8);
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        Sides(Best(book.Asks, depth), Best(book.Bids, depth));
        return End();
    }

    /// <summary>The best levels of a side.</summary>
    public static IEnumerable<(long Ticks, long Lots)> Best(SimulatedSide side, int depth) =>
        Enumerable.Range(0, Math.Min(depth, side.Count)).Select(rank => (side.TicksAt(rank), side.LotsAt(rank)));

    private System.Text.Json.Utf8JsonWriter Begin(string channel)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteStartObject("arg"u8);
        json.WriteString("channel"u8, channel);
        json.WriteString("instId"u8, _listing.Symbol);
        json.WriteEndObject();
        return json;
    }

    private byte[] End()
    {
        _writer.Json.WriteEndObject();
        _writer.Json.WriteEndArray();
        _writer.Json.WriteEndObject();
        return _writer.End();
    }

    private void Sides(IEnumerable<(long Ticks, long Lots)> asks, IEnumerable<(long Ticks, long Lots)> bids)
    {
        Rows("asks", asks);
        Rows("bids", bids);
        var milliseconds = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        _writer.Json.WriteString("ts"u8, milliseconds.ToString(CultureInfo.InvariantCulture));
    }

    private void Rows(string name, IEnumerable<(long Ticks, long Lots)> levels)
    {
        var json = _writer.Json;
        json.WriteStartArray(name);
        foreach (var (ticks, lots) in levels)
        {
            json.WriteStartArray();
            _writer.StrippedString(ticks, _listing.PriceDecimals);
            _writer.StrippedString(lots, _listing.QuantityDecimals);
            json.WriteStringValue("0"u8);
            _writer.StrippedString(lots == 0 ? 0 : 1 + (((ticks * 31) + lots) % 14), 0);    // orders at the price
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
