using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>
/// Publishes one book in real time: every level change is one sequence, and now and then a sequence is used up by what
/// the book does not show, which is a row of price "0". The ticker states the top at a sequence every 100 ms.
/// </summary>
internal sealed class KuCoinPublisher : IBookObserver
{
    private const double HiddenShare = 0.25;   // of the steps
    private static readonly TimeSpan TickerPeriod = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly FrameWriter _writer;
    private readonly Random _hidden;
    private TimeSpan _nextTicker;
    private long _tickerSequence;

    public KuCoinPublisher(SimulatedBook book, TimeProvider clock, FrameWriter writer, int seed)
    {
        Book = book;
        _clock = clock;
        _writer = writer;
        _hidden = new Random(Seeds.Derive(seed, "kucoin hidden", book.Listing.Symbol));
        Sequence = 14_000_000_000 + (uint)Seeds.Derive(0, "sequence", book.Listing.Symbol);
        Level2 = new KuCoinTopic($"/market/level2:{book.Listing.Symbol}");
        Ticker = new KuCoinTopic($"/market/ticker:{book.Listing.Symbol}");
    }

    public SimulatedBook Book { get; }

    /// <summary>The newest sequence: what a snapshot taken now carries.</summary>
    public long Sequence { get; private set; }

    public KuCoinTopic Level2 { get; }

    public KuCoinTopic Ticker { get; }

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        var first = Sequence + 1;
        Sequence += book.Changes.Count;
        if (book.Changes.Count > 0 && Level2.HasListeners)
        {
            Level2.Publish(Update(first, book.Changes));
        }

        if (_hidden.NextDouble() < HiddenShare)
        {
            Sequence++;
            if (Level2.HasListeners)
            {
                Level2.Publish(Update(Sequence, []));
            }
        }

        if (marketTime >= _nextTicker && _tickerSequence != Sequence)
        {
            _nextTicker = marketTime + TickerPeriod;
            _tickerSequence = Sequence;
            if (Ticker.HasListeners)
            {
                Ticker.Publish(Top());
            }
        }
    }

    /// <summary>The REST body: the best levels as they are now.</summary>
    public byte[] Snapshot(int depth)
    {
        var writer = new FrameWriter();
        var json = writer.Begin();
        json.WriteStartObject();
        json.WriteString("code", "200000");
        json.WriteStartObject("data");
        json.WriteNumber("time", Now());
        WriteInteger(writer, "sequence"u8, Sequence);
        json.WritePropertyName("bids");
        writer.StrippedRows(Book.Bids, depth, Book.Listing);
        json.WritePropertyName("asks");
        writer.StrippedRows(Book.Asks, depth, Book.Listing);
        json.WriteEndObject();
        json.WriteEndObject();
        return writer.End();
    }

    /// <summary>The changes; without any the one sequence that the book does not show.</summary>
    private byte[] Update(long first, IReadOnlyList<LevelChange> changes)
    {
        var json = Begin(Level2, "trade.l2update"u8);
        json.WriteStartObject("changes"u8);
        json.WriteStartArray("asks"u8);
        WriteRows(Side.Ask, first, changes);
        json.WriteEndArray();
        json.WriteStartArray("bids"u8);
        WriteRows(Side.Bid, first, changes);
        if (changes.Count == 0)
        {
            json.WriteStartArray();
            json.WriteStringValue("0"u8);
            json.WriteStringValue("0"u8);
            WriteInteger(_writer, default, first);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNumber("sequenceEnd"u8, Sequence);
        json.WriteNumber("sequenceStart"u8, first);
        json.WriteString("symbol"u8, Book.Listing.Symbol);
        json.WriteNumber("time"u8, Now());
        return End();
    }

    private byte[] Top()
    {
        var json = Begin(Ticker, "trade.ticker"u8);
        var listing = Book.Listing;
        json.WritePropertyName("bestAsk"u8);
        _writer.StrippedString(Book.Asks.TicksAt(0), listing.PriceDecimals);
        json.WritePropertyName("bestAskSize"u8);
        _writer.StrippedString(Book.Asks.LotsAt(0), listing.QuantityDecimals);
        json.WritePropertyName("bestBid"u8);
        _writer.StrippedString(Book.Bids.TicksAt(0), listing.PriceDecimals);
        json.WritePropertyName("bestBidSize"u8);
        _writer.StrippedString(Book.Bids.LotsAt(0), listing.QuantityDecimals);
        WriteInteger(_writer, "sequence"u8, Sequence);
        json.WriteNumber("time"u8, Now());
        return End();
    }

    private System.Text.Json.Utf8JsonWriter Begin(KuCoinTopic topic, ReadOnlySpan<byte> subject)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteString("topic"u8, topic.Name);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("subject"u8, subject);
        json.WriteStartObject("data"u8);
        return json;
    }

    private byte[] End()
    {
        _writer.Json.WriteEndObject();
        _writer.Json.WriteEndObject();
        return _writer.End();
    }

    private void WriteRows(Side side, long first, IReadOnlyList<LevelChange> changes)
    {
        for (var index = 0; index < changes.Count; index++)
        {
            if (changes[index].Side == side)
            {
                _writer.Json.WriteStartArray();
                _writer.StrippedString(changes[index].Ticks, Book.Listing.PriceDecimals);
                _writer.StrippedString(changes[index].Lots, Book.Listing.QuantityDecimals);
                WriteInteger(_writer, default, first + index);
                _writer.Json.WriteEndArray();
            }
        }
    }

    /// <summary>An integer as a string, with or without a name.</summary>
    private static void WriteInteger(FrameWriter writer, ReadOnlySpan<byte> name, long value)
    {
        Span<byte> text = stackalloc byte[20];
        System.Buffers.Text.Utf8Formatter.TryFormat(value, text, out var length);
        if (name.IsEmpty)
        {
            writer.Json.WriteStringValue(text[..length]);
        }
        else
        {
            writer.Json.WriteString(name, text[..length]);
        }
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
