using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>
/// The level2 channel of one product: the whole book to each new listener, then what changed in batches, printed alike.
/// Touch it under the market's gate.
/// </summary>
internal sealed class CoinbaseAdvancedBook : IBookObserver
{
    private const string SnapshotTime = "1970-01-01T00:00:00Z";

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly FrameWriter _writer;
    private readonly TimeProvider _clock;
    private readonly HashSet<CoinbaseAdvancedSession> _listeners = [];
    private readonly OrderedChanges _pending = new();
    private TimeSpan _next;

    public CoinbaseAdvancedBook(SimulatedBook book, TimeProvider clock, FrameWriter writer)
    {
        Book = book;
        _clock = clock;
        _writer = writer;
    }

    public SimulatedBook Book { get; }

    public string Product => Book.Listing.Symbol;

    public void Add(CoinbaseAdvancedSession session)
    {
        session.Send("l2_data", Event("snapshot", SnapshotTime, Levels(Side.Bid).Concat(Levels(Side.Ask))));
        _listeners.Add(session);
    }

    public void Remove(CoinbaseAdvancedSession session)
    {
        if (_listeners.Remove(session) && _listeners.Count == 0)
        {
            _pending.Clear();
        }
    }

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        if (_listeners.Count == 0)
        {
            return;
        }

        _pending.Add(book.Changes);
        if (marketTime < _next || !_pending.Any)
        {
            return;
        }

        _next = marketTime + Period;
        var changes = Event("update", CoinbaseAdvancedTime.Text(_clock.GetUtcNow()), _pending.All());
        _pending.Clear();
        foreach (var listener in _listeners)
        {
            listener.Send("l2_data", changes);
        }
    }

    /// <summary>The body of <c>product_book</c>.</summary>
    /// <param name="levels">Levels a side.</param>
    public byte[] Rest(int levels)
    {
        var listing = Book.Listing;
        var (bid, ask) = (Book.Bids.TicksAt(0), Book.Asks.TicksAt(0));
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteStartObject("pricebook"u8);
        json.WriteString("product_id"u8, Product);
        WriteSide("bids", Book.Bids, levels);
        WriteSide("asks", Book.Asks, levels);
        json.WriteString("time"u8, CoinbaseAdvancedTime.Text(_clock.GetUtcNow()));
        json.WriteEndObject();
        json.WritePropertyName("last"u8);
        _writer.StrippedString(bid, listing.PriceDecimals);
        json.WritePropertyName("mid_market"u8);
        _writer.StrippedString((bid + ask) * 5, listing.PriceDecimals + 1);
        json.WriteString(
            "spread_bps"u8, (20_000m * (ask - bid) / (ask + bid)).ToString("0.###", CultureInfo.InvariantCulture));
        json.WritePropertyName("spread_absolute"u8);
        _writer.StrippedString(ask - bid, listing.PriceDecimals);
        json.WriteEndObject();
        return _writer.End();
    }

    private void WriteSide(string name, SimulatedSide side, int levels)
    {
        var json = _writer.Json;
        json.WriteStartArray(name);
        for (var rank = 0; rank < Math.Min(levels, side.Count); rank++)
        {
            json.WriteStartObject();
            json.WritePropertyName("price"u8);
            _writer.StrippedString(side.TicksAt(rank), Book.Listing.PriceDecimals);
            json.WritePropertyName("size"u8);
            _writer.StrippedString(side.LotsAt(rank), Book.Listing.QuantityDecimals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private IEnumerable<LevelChange> Levels(Side side)
    {
        var levels = Book.Side(side);
        for (var rank = 0; rank < levels.Count; rank++)
        {
            yield return new LevelChange(side, levels.TicksAt(rank), levels.LotsAt(rank));
        }
    }

    /// <summary>One event; what stands around it, and its number, is the session's.</summary>
    private byte[] Event(string type, string time, IEnumerable<LevelChange> levels)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("product_id"u8, Product);
        json.WriteStartArray("updates"u8);
        foreach (var level in levels)
        {
            json.WriteStartObject();
            json.WriteString("side"u8, level.Side == Side.Bid ? "bid"u8 : "offer"u8);
            json.WriteString("event_time"u8, time);
            json.WritePropertyName("price_level"u8);
            _writer.StrippedString(level.Ticks, Book.Listing.PriceDecimals);
            json.WritePropertyName("new_quantity"u8);
            _writer.StrippedString(level.Lots, Book.Listing.QuantityDecimals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return _writer.End();
    }
}
