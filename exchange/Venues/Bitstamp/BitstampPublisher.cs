using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>
/// Publishes one book: the changed levels about every 0.3 s, and the whole top 100 about every 0.15 s. Quantities are
/// absolute, so a diff later than a snapshot may repeat what the snapshot already holds.
/// </summary>
internal sealed class BitstampPublisher : IBookObserver
{
    private const int WholeDepth = 100;
    private const int DiffMillisMin = 250;
    private const int DiffMillisMax = 350;
    private const int WholeMillisMin = 80;
    private const int WholeMillisMax = 180;

    private readonly BitstampClock _clock;
    private readonly FrameWriter _writer;
    private readonly Random _jitter;
    private readonly PendingChanges _pending = new();
    private TimeSpan _nextDiff;
    private TimeSpan _nextWhole;
    private bool _changed;

    public BitstampPublisher(SimulatedBook book, BitstampClock clock, FrameWriter writer, int seed)
    {
        Book = book;
        _clock = clock;
        _writer = writer;
        _jitter = new Random(Seeds.Derive(seed, "bitstamp cadence", book.Listing.Symbol));
        Diffs = new BitstampChannel($"diff_order_book_{book.Listing.Symbol}");
        Whole = new BitstampChannel($"order_book_{book.Listing.Symbol}");
    }

    public SimulatedBook Book { get; }

    public BitstampChannel Diffs { get; }

    public BitstampChannel Whole { get; }

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        _pending.Add(book.Changes);
        _changed |= book.Changes.Count > 0;
        if (_pending.Any && marketTime >= _nextDiff)
        {
            _nextDiff = marketTime + TimeSpan.FromMilliseconds(_jitter.Next(DiffMillisMin, DiffMillisMax));
            if (Diffs.HasListeners)
            {
                Diffs.Publish(DiffFrame());
            }

            _pending.Clear();
        }

        if (_changed && marketTime >= _nextWhole)
        {
            _nextWhole = marketTime + TimeSpan.FromMilliseconds(_jitter.Next(WholeMillisMin, WholeMillisMax));
            _changed = false;
            if (Whole.HasListeners)
            {
                Whole.Publish(WholeFrame());
            }
        }
    }

    /// <summary>The REST body: the whole book as it is now.</summary>
    public byte[] Snapshot()
    {
        var writer = new FrameWriter();
        writer.Begin().WriteStartObject();
        WriteTimes(writer);
        WriteSides(writer, int.MaxValue);
        writer.Json.WriteEndObject();
        return writer.End();
    }

    private byte[] DiffFrame()
    {
        Begin();
        _writer.Json.WritePropertyName("bids"u8);
        WriteRows(_pending.Bids);
        _writer.Json.WritePropertyName("asks"u8);
        WriteRows(_pending.Asks);
        return End(Diffs);
    }

    private byte[] WholeFrame()
    {
        Begin();
        WriteSides(_writer, WholeDepth);
        return End(Whole);
    }

    private void Begin()
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        WriteTimes(_writer);
    }

    private byte[] End(BitstampChannel channel)
    {
        var json = _writer.Json;
        json.WriteEndObject();
        json.WriteString("channel"u8, channel.Name);
        json.WriteString("event"u8, "data"u8);
        json.WriteEndObject();
        return _writer.End();
    }

    private void WriteTimes(FrameWriter writer)
    {
        var micros = _clock.Next();
        Span<byte> text = stackalloc byte[24];
        System.Buffers.Text.Utf8Formatter.TryFormat(micros / 1_000_000, text, out var length);
        writer.Json.WriteString("timestamp"u8, text[..length]);
        System.Buffers.Text.Utf8Formatter.TryFormat(micros, text, out length);
        writer.Json.WriteString("microtimestamp"u8, text[..length]);
    }

    private void WriteSides(FrameWriter writer, int depth)
    {
        var listing = Book.Listing;
        writer.Json.WritePropertyName("bids"u8);
        writer.Rows(Book.Bids, depth, listing, listing.PriceDecimals, listing.QuantityDecimals);
        writer.Json.WritePropertyName("asks"u8);
        writer.Rows(Book.Asks, depth, listing, listing.PriceDecimals, listing.QuantityDecimals);
    }

    private void WriteRows(SortedDictionary<long, long> levels)
    {
        var listing = Book.Listing;
        _writer.Json.WriteStartArray();
        foreach (var (ticks, lots) in levels)
        {
            _writer.Row(ticks, lots, listing, listing.PriceDecimals, listing.QuantityDecimals);
        }

        _writer.Json.WriteEndArray();
    }
}
