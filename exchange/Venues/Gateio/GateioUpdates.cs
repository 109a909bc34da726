using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>
/// <c>spot.order_book_update</c> of one book at one interval: what changed since the update before. Now and then the
/// venue sends the whole window instead, of its own accord.
/// </summary>
internal sealed class GateioUpdates : GateioChannel
{
    private const int FullEvery = 300;   // frames
    private const int FullDepth = 100;
    private readonly PendingChanges _pending = new();
    private readonly string _interval;
    private long _published;
    private int _frames;

    public GateioUpdates(GateioBook book, string interval, TimeSpan period)
        : base(book, $"{book.Symbol} {interval}", period) => _interval = interval;

    protected override void Begin()
    {
        _pending.Clear();
        _published = Book.UpdateId;
    }

    protected override void Welcome(GateioSession session)
    {
        // The book comes from REST: nothing is sent before something changes.
    }

    protected override void NextIsWhole() => _frames = FullEvery - 1;

    protected override void Note(IReadOnlyList<LevelChange> changes) => _pending.Add(changes);

    protected override byte[]? Frame()
    {
        if (!_pending.Any)
        {
            return null;
        }

        var full = ++_frames % FullEvery == 0;
        var frame = Book.Encode(
            json =>
            {
                json.WriteNumber("time"u8, Book.Milliseconds / 1_000);
                json.WriteNumber("time_ms"u8, Book.Milliseconds);
                json.WriteString("channel"u8, "spot.order_book_update"u8);
                json.WriteString("event"u8, "update"u8);
                json.WriteStartObject("result"u8);
                json.WriteNumber("t"u8, Book.Milliseconds);
                if (full)
                {
                    json.WriteBoolean("full"u8, true);
                }

                json.WriteString("l"u8, _interval == "20ms" ? "20"u8 : "100"u8);
                json.WriteString("e"u8, "depthUpdate"u8);
                json.WriteNumber("E"u8, Book.Milliseconds / 1_000);
                json.WriteString("s"u8, Book.Symbol);
                json.WriteNumber("U"u8, _published + 1);
                json.WriteNumber("u"u8, Book.UpdateId);
            },
            writer => WriteLevels(writer, full),
            static _ => { });
        _pending.Clear();
        _published = Book.UpdateId;
        return frame;
    }

    private void WriteLevels(FrameWriter writer, bool full)
    {
        writer.Json.WritePropertyName("b"u8);
        if (full)
        {
            writer.StrippedRows(Book.Book.Bids, FullDepth, Book.Book.Listing);
        }
        else
        {
            Book.WriteLevels(writer, _pending.Bids.Select(level => (level.Key, level.Value)));
        }

        writer.Json.WritePropertyName("a"u8);
        if (full)
        {
            writer.StrippedRows(Book.Book.Asks, FullDepth, Book.Book.Listing);
        }
        else
        {
            Book.WriteLevels(writer, _pending.Asks.Select(level => (level.Key, level.Value)));
        }
    }
}
