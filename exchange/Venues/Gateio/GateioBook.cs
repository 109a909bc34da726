using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>One book with its update id and its streams: every level change is one id.</summary>
internal sealed class GateioBook : IBookObserver
{
    private readonly TimeProvider _clock;
    private readonly FrameWriter _writer;

    public GateioBook(SimulatedBook book, TimeProvider clock, FrameWriter writer)
    {
        Book = book;
        _clock = clock;
        _writer = writer;
        UpdateId = 27_000_000_000 + (uint)Seeds.Derive(0, "gate id", Symbol);
        Channels =
        [
            new GateioStream(this, 50, TimeSpan.FromMilliseconds(20)),
            new GateioStream(this, 400, TimeSpan.FromMilliseconds(100)),
            new GateioUpdates(this, "20ms", TimeSpan.FromMilliseconds(20)),
            new GateioUpdates(this, "100ms", TimeSpan.FromMilliseconds(100)),
        ];
    }

    public SimulatedBook Book { get; }

    public string Symbol => Book.Listing.Symbol;

    /// <summary>The newest id: what a snapshot taken now carries.</summary>
    public long UpdateId { get; private set; }

    public IReadOnlyList<GateioChannel> Channels { get; }

    public long Milliseconds => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        UpdateId += book.Changes.Count;
        foreach (var channel in Channels)
        {
            channel.Stepped(book, marketTime);
        }
    }

    /// <summary>The REST body: the best levels as they are now.</summary>
    public byte[] Snapshot(int limit, bool withId)
    {
        var writer = new FrameWriter();
        var json = writer.Begin();
        json.WriteStartObject();
        if (withId)
        {
            json.WriteNumber("id", UpdateId);
        }

        json.WriteNumber("current", Milliseconds);
        json.WriteNumber("update", Milliseconds);
        json.WritePropertyName("asks");
        writer.StrippedRows(Book.Asks, limit, Book.Listing);
        json.WritePropertyName("bids");
        writer.StrippedRows(Book.Bids, limit, Book.Listing);
        json.WriteEndObject();
        return writer.End();
    }

    /// <summary>Encodes a frame; the levels come last in its result.</summary>
    public byte[] Encode(Action<Utf8JsonWriter> head, Action<FrameWriter> levels, Action<Utf8JsonWriter> tail)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        head(json);
        levels(_writer);
        json.WriteEndObject();
        tail(json);
        json.WriteEndObject();
        return _writer.End();
    }

    /// <summary>Writes changed levels, 0 lots for a delete.</summary>
    public void WriteLevels(FrameWriter writer, IEnumerable<(long Ticks, long Lots)> levels) =>
        writer.StrippedRows(levels, Book.Listing);
}
