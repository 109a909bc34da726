using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>
/// A channel of one product's levels: the whole book to each new listener, then what changed, at most once in its
/// period. Touch it under the market's gate.
/// </summary>
internal sealed class CoinbaseLevel2
{
    private readonly SimulatedBook _book;
    private readonly TimeProvider _clock;
    private readonly FrameWriter _writer;
    private readonly TimeSpan _period;
    private readonly HashSet<CoinbaseSession> _listeners = [];
    private readonly OrderedChanges _pending = new();
    private TimeSpan _next;

    public CoinbaseLevel2(SimulatedBook book, TimeProvider clock, FrameWriter writer, TimeSpan period)
    {
        _book = book;
        _clock = clock;
        _writer = writer;
        _period = period;
    }

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

    /// <summary>Takes the changes of the book's last step.</summary>
    /// <param name="marketTime">Market time since the start.</param>
    public void Stepped(TimeSpan marketTime)
    {
        if (_listeners.Count == 0)
        {
            return;
        }

        _pending.Add(_book.Changes);
        if (marketTime < _next || !_pending.Any)
        {
            return;
        }

        _next = marketTime + _period;
        var frame = Update();
        _pending.Clear();
        foreach (var listener in _listeners)
        {
            listener.Session.Send(frame);
        }
    }

    private byte[] Snapshot()
    {
        var (price, size) = (_book.Listing.PriceDecimals, _book.Listing.QuantityDecimals);
        var json = Begin("snapshot");
        json.WritePropertyName("asks"u8);
        _writer.Rows(_book.Asks, int.MaxValue, _book.Listing, price, size);
        json.WritePropertyName("bids"u8);
        _writer.Rows(_book.Bids, int.MaxValue, _book.Listing, price, size);
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
            _writer.DecimalString(change.Ticks, _book.Listing.PriceDecimals, _book.Listing.PriceDecimals);
            _writer.DecimalString(change.Lots, _book.Listing.QuantityDecimals, _book.Listing.QuantityDecimals);
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
        json.WriteString("product_id"u8, _book.Listing.Symbol);
        return json;
    }

    private byte[] End()
    {
        _writer.Json.WriteString("time"u8, CoinbaseTime.Text(_clock.GetUtcNow()));
        _writer.Json.WriteEndObject();
        return _writer.End();
    }
}
