using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>The book channel of one symbol at one depth. Touch it under the market's gate.</summary>
internal sealed class KrakenBookChannel
{
    private readonly SimulatedBook _book;
    private readonly TimeProvider _clock;
    private readonly FrameWriter _writer;
    private readonly HashSet<KrakenSession> _listeners = [];
    private readonly List<(long Ticks, long Lots)> _bids = [];
    private readonly List<(long Ticks, long Lots)> _asks = [];
    private DepthWindow? _bidWindow;
    private DepthWindow? _askWindow;

    public KrakenBookChannel(SimulatedBook book, int depth, TimeProvider clock, FrameWriter writer)
    {
        _book = book;
        _clock = clock;
        _writer = writer;
        Depth = depth;
    }

    public int Depth { get; }

    public string Symbol => _book.Listing.Symbol;

    /// <summary>Adds a listener and, if wanted, sends it the snapshot its updates continue.</summary>
    public void Add(KrakenSession session, bool snapshot)
    {
        if (_listeners.Count == 0)
        {
            _bidWindow = new DepthWindow(_book.Bids, Depth, deletesFallen: false);
            _askWindow = new DepthWindow(_book.Asks, Depth, deletesFallen: false);
        }

        _listeners.Add(session);
        if (snapshot)
        {
            session.Send(Snapshot());
        }
    }

    public void Remove(KrakenSession session) => _listeners.Remove(session);

    /// <summary>Sends a whole book between updates; false when nobody listens.</summary>
    public bool SendWhole()
    {
        Publish();      // so that what follows continues the whole book
        foreach (var listener in _listeners)
        {
            listener.Send(Snapshot());
        }

        return _listeners.Count != 0;
    }

    /// <summary>Publishes what the last step changed inside the window.</summary>
    public void Publish()
    {
        if (_listeners.Count == 0)
        {
            return;
        }

        _bids.Clear();
        _asks.Clear();
        _bidWindow!.Advance(_bids);
        _askWindow!.Advance(_asks);
        if (_bids.Count + _asks.Count == 0)
        {
            return;
        }

        var frame = Update();
        foreach (var listener in _listeners)
        {
            listener.Send(frame);
        }
    }

    private byte[] Snapshot()
    {
        Begin("snapshot");
        WriteTop("bids", _book.Bids);
        WriteTop("asks", _book.Asks);
        return End();
    }

    private byte[] Update()
    {
        Begin("update");
        WriteLevels("bids", _bids);
        WriteLevels("asks", _asks);
        return End();
    }

    private void Begin(string type)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteString("channel"u8, "book"u8);
        json.WriteString("type"u8, type);
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        json.WriteString("symbol"u8, Symbol);
    }

    private byte[] End()
    {
        var json = _writer.Json;
        json.WriteNumber("checksum"u8, KrakenChecksum.Of(_book));
        json.WriteString("timestamp"u8, KrakenTime.Text(_clock.GetUtcNow()));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        return _writer.End();
    }

    private void WriteTop(string name, SimulatedSide side)
    {
        _writer.Json.WriteStartArray(name);
        for (var rank = 0; rank < Math.Min(Depth, side.Count); rank++)
        {
            WriteLevel(side.TicksAt(rank), side.LotsAt(rank));
        }

        _writer.Json.WriteEndArray();
    }

    private void WriteLevels(string name, List<(long Ticks, long Lots)> levels)
    {
        _writer.Json.WriteStartArray(name);
        foreach (var (ticks, lots) in levels)
        {
            WriteLevel(ticks, lots);
        }

        _writer.Json.WriteEndArray();
    }

    private void WriteLevel(long ticks, long lots)
    {
        var json = _writer.Json;
        json.WriteStartObject();
        json.WritePropertyName("price"u8);
        _writer.DecimalNumber(ticks, _book.Listing.PriceDecimals);
        json.WritePropertyName("qty"u8);
        _writer.DecimalNumber(lots, _book.Listing.QuantityDecimals);
        json.WriteEndObject();
    }
}
