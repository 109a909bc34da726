using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>
/// A stream of <c>spot.obu</c>: the whole window first, then what changes in it, deletes of what falls off it included.
/// Ids that changed nothing in the window are told without levels.
/// </summary>
internal sealed class GateioStream : GateioChannel
{
    private readonly int _depth;
    private readonly List<(long Ticks, long Lots)> _bids = [];
    private readonly List<(long Ticks, long Lots)> _asks = [];
    private DepthWindow? _bidWindow;
    private DepthWindow? _askWindow;
    private long _published;

    public GateioStream(GateioBook book, int depth, TimeSpan period)
        : base(book, string.Create(CultureInfo.InvariantCulture, $"ob.{book.Symbol}.{depth}"), period) =>
        _depth = depth;

    protected override void Begin()
    {
        _bidWindow = new DepthWindow(Book.Book.Bids, _depth, deletesFallen: true);
        _askWindow = new DepthWindow(Book.Book.Asks, _depth, deletesFallen: true);
        _published = Book.UpdateId;
    }

    protected override void Welcome(GateioSession session) => session.Session.Send(Encode(full: true, writer =>
    {
        writer.Json.WritePropertyName("b"u8);
        writer.StrippedRows(Book.Book.Bids, _depth, Book.Book.Listing);
        writer.Json.WritePropertyName("a"u8);
        writer.StrippedRows(Book.Book.Asks, _depth, Book.Book.Listing);
    }));

    protected override void Note(IReadOnlyList<LevelChange> changes)
    {
        // The window is compared with the book when it is published.
    }

    protected override byte[]? Frame()
    {
        if (_published == Book.UpdateId)
        {
            return null;
        }

        _bids.Clear();
        _asks.Clear();
        _bidWindow!.Advance(_bids);
        _askWindow!.Advance(_asks);
        var frame = Encode(full: false, writer =>
        {
            if (_bids.Count + _asks.Count == 0)
            {
                return;
            }

            writer.Json.WritePropertyName("b"u8);
            Book.WriteLevels(writer, _bids);
            writer.Json.WritePropertyName("a"u8);
            Book.WriteLevels(writer, _asks);
        });
        _published = Book.UpdateId;
        return frame;
    }

    private byte[] Encode(bool full, Action<FrameWriter> levels) => Book.Encode(
        json =>
        {
            json.WriteString("channel"u8, "spot.obu"u8);
            json.WriteStartObject("result"u8);
            json.WriteNumber("t"u8, Book.Milliseconds);
            if (full)
            {
                json.WriteBoolean("full"u8, true);
            }

            json.WriteString("s"u8, Name);
            json.WriteNumber("u"u8, Book.UpdateId);
            if (!full)
            {
                json.WriteNumber("U"u8, _published + 1);
            }
        },
        levels,
        json => json.WriteNumber("time_ms"u8, Book.Milliseconds));
}
