using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>
/// The level2_batch channel of one product: the whole book to each new listener, then what changed in batches. Touch it
/// under the market's gate.
/// </summary>
internal sealed class CoinbaseBook : IBookObserver
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly FrameWriter _writer;
    private readonly TimeProvider _clock;
    private readonly HashSet<CoinbaseSession> _listeners = [];
    private readonly OrderedChanges _pending = new();
    private TimeSpan _next;

    public CoinbaseBook(SimulatedBook book, TimeProvider clock, FrameWriter writer)
    {
        Book = book;
        _clock = clock;
        _writer = writer;
    }

    public SimulatedBook Book { get; }

    public string Product => Book.Listing.Symbol;

    /// <summary>Counts the changes: what <c>sequence</c> of other channels and of the REST book says.</summary>
    public long Sequence { get; private set; } = 60_000_000_000;

    public void Add(CoinbaseSession session)
    {
        session.Session.Send(Snapshot());
        _listeners.Add(session);
    }

    public void Remove(CoinbaseSession session)
    {
        if (_listeners.Remove(session) && _listeners.Count == 0)
        {
            _pending.Clear();
        }
    }

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        Sequence += book.Changes.Count;
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
        var frame = Update();
        _pending.Clear();
        foreach (var listener in _listeners)
        {
            listener.Session.Send(frame);
        }
    }

    /// <summary>The body of <c>/products/{id}/book</c>.</summary>
    /// <param name="levels">Levels a side.</param>
    public byte[] Rest(int levels)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WritePropertyName("bids"u8);
        CountedRows(Book.Bids, levels);
        json.WritePropertyName("asks"u8);
        CountedRows(Book.Asks, levels);
        json.WriteNumber("sequence"u8, Sequence);
        json.WriteBoolean("auction_mode"u8, false);
        json.WriteNull("auction"u8);
        json.WriteString("time"u8, CoinbaseTime.Text(_clock.GetUtcNow()));
        json.WriteEndObject();
        return _writer.End();
    }

    private byte[] Snapshot()
    {
        var (price, size) = (Book.Listing.PriceDecimals, Book.Listing.QuantityDecimals);
        var json = Begin("snapshot");
        json.WritePropertyName("asks"u8);
        _writer.Rows(Book.Asks, int.MaxValue, Book.Listing, price, size);
        json.WritePropertyName("bids"u8);
        _writer.Rows(Book.Bids, int.MaxValue, Book.Listing, price, size);
        return End();
    }

    private byte[] Update()
    {
        var json = Begin("l2update");
        json.WriteStartArray("changes"u8);
        foreach (var change in _pending.All())
        {
            json.WriteStartArray();
            json.WriteStringValue(change.Side == Side.Bid ? "buy"u8 : "sell"u8);
            _writer.DecimalString(change.Ticks, Book.Listing.PriceDecimals, Book.Listing.PriceDecimals);
            _writer.DecimalString(change.Lots, Book.Listing.QuantityDecimals, Book.Listing.QuantityDecimals);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        return End();
    }

    private System.Text.Json.Utf8JsonWriter Begin(string type)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("product_id"u8, Product);
        return json;
    }

    private byte[] End()
    {
        _writer.Json.WriteString("time"u8, CoinbaseTime.Text(_clock.GetUtcNow()));
        _writer.Json.WriteEndObject();
        return _writer.End();
    }

    /// <summary>Rows of price, size and a count of orders, which is made up.</summary>
    private void CountedRows(SimulatedSide side, int levels)
    {
        var json = _writer.Json;
        json.WriteStartArray();
        for (var rank = 0; rank < Math.Min(levels, side.Count); rank++)
        {
            json.WriteStartArray();
            _writer.StrippedString(side.TicksAt(rank), Book.Listing.PriceDecimals);
            _writer.StrippedString(side.LotsAt(rank), Book.Listing.QuantityDecimals);
            json.WriteNumberValue(1 + (side.LotsAt(rank) % 5));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
