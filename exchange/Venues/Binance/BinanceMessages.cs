using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>Encodes the events of one listing.</summary>
internal sealed class BinanceMessages
{
    private readonly Listing _listing;
    private readonly TimeProvider _clock;
    private readonly FrameWriter _writer;

    public BinanceMessages(Listing listing, TimeProvider clock, FrameWriter writer)
    {
        _listing = listing;
        _clock = clock;
        _writer = writer;
    }

    public byte[] Diff(
        string stream, bool combined, bool microseconds, long first, long last, PendingChanges changes)
    {
        Begin(stream, combined);
        var json = _writer.Json;
        json.WriteString("e"u8, "depthUpdate"u8);
        json.WriteNumber("E"u8, EventTime(_clock, microseconds));
        json.WriteString("s"u8, _listing.Symbol);
        json.WriteNumber("U"u8, first);
        json.WriteNumber("u"u8, last);
        json.WritePropertyName("b"u8);
        Rows(changes.Bids);
        json.WritePropertyName("a"u8);
        Rows(changes.Asks);
        return End(combined);
    }

    public byte[] Partial(string stream, bool combined, long updateId, SimulatedBook book, int depth)
    {
        Begin(stream, combined);
        WriteBook(_writer, updateId, book, depth);
        return End(combined);
    }

    public byte[] BookTicker(string stream, bool combined, long updateId, SimulatedBook book)
    {
        Begin(stream, combined);
        var json = _writer.Json;
        json.WriteNumber("u"u8, updateId);
        json.WriteString("s"u8, _listing.Symbol);
        Decimal("b"u8, book.Bids.TicksAt(0), _listing.PriceDecimals);
        Decimal("B"u8, book.Bids.LotsAt(0), _listing.QuantityDecimals);
        Decimal("a"u8, book.Asks.TicksAt(0), _listing.PriceDecimals);
        Decimal("A"u8, book.Asks.LotsAt(0), _listing.QuantityDecimals);
        return End(combined);
    }

    /// <summary>The members of a depth snapshot: the body of REST and of the partial streams.</summary>
    public static void WriteBook(FrameWriter writer, long updateId, SimulatedBook book, int depth)
    {
        const int Printed = BinanceVenue.PrintedDecimals;
        writer.Json.WriteNumber("lastUpdateId"u8, updateId);
        writer.Json.WritePropertyName("bids"u8);
        writer.Rows(book.Bids, depth, book.Listing, Printed, Printed);
        writer.Json.WritePropertyName("asks"u8);
        writer.Rows(book.Asks, depth, book.Listing, Printed, Printed);
    }

    public static long EventTime(TimeProvider clock, bool microseconds)
    {
        var sinceEpoch = clock.GetUtcNow() - DateTimeOffset.UnixEpoch;
        return sinceEpoch.Ticks / (microseconds ? TimeSpan.TicksPerMicrosecond : TimeSpan.TicksPerMillisecond);
    }

    private void Begin(string stream, bool combined)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        if (combined)
        {
            json.WriteString("stream"u8, stream);
            json.WriteStartObject("data"u8);
        }
    }

    private byte[] End(bool combined)
    {
        _writer.Json.WriteEndObject();
        if (combined)
        {
            _writer.Json.WriteEndObject();
        }

        return _writer.End();
    }

    private void Decimal(ReadOnlySpan<byte> name, long scaled, int decimals)
    {
        _writer.Json.WritePropertyName(name);
        _writer.DecimalString(scaled, decimals, BinanceVenue.PrintedDecimals);
    }

    private void Rows(SortedDictionary<long, long> levels)
    {
        _writer.Json.WriteStartArray();
        foreach (var (ticks, lots) in levels)
        {
            _writer.Row(ticks, lots, _listing, BinanceVenue.PrintedDecimals, BinanceVenue.PrintedDecimals);
        }

        _writer.Json.WriteEndArray();
    }
}
