using System;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <content>
/// What is different where a venue is connected twice: a gate before the lane, another lane for books that stand by,
/// and a book that passes from one to the other.
/// </content>
public sealed partial class DepthDecoder
{
    private LinkGate? _gate;
    private int _link;

    /// <summary>How the venue's clock differs from ours, by the messages of this decoder.</summary>
    internal ClockOffset Offset { get; } = new();

    /// <summary>
    /// True when the frame under way was not taken because it is ahead of the other link; it is to be shown again.
    /// </summary>
    internal bool IsAhead { get; set; }

    /// <summary>Lets a gate judge every message and announcement from now on; null: none does.</summary>
    internal void Guard(LinkGate? gate, int link)
    {
        _gate = gate;
        _link = link;
    }

    /// <summary>
    /// Writes into another lane from now on. What was owed in the last one is forgotten: whoever goes on there begins
    /// with whole books. No message may be open.
    /// </summary>
    internal void TurnTo(DepthLane lane)
    {
        _lane = lane;
        _owed.AsSpan().Clear();
        _owedCount = 0;
    }

    /// <summary>Takes over what another decoder of the venue was told of its instruments.</summary>
    internal void DeclareLike(DepthDecoder other)
    {
        for (var book = 0; book < _scales.Length; book++)
        {
            Declare(book, other._scales[book].DeclaredPrice, other._scales[book].DeclaredQuantity);
        }
    }

    /// <summary>True when a book of so many levels finds room as a whole, or never will.</summary>
    internal bool HasRoomForLevels(int levels)
    {
        var slots = 2 + _reserve + (levels / DepthEvent.LevelCapacity);
        return _owedCount == 0 && _lane.HasRoom(Math.Min(slots, _lane.Ring.Capacity));
    }

    /// <summary>
    /// Starts a snapshot whose levels are on these scales already, and which replaces the engine's book in whatever
    /// state that is; false when the lane is full.
    /// </summary>
    internal bool TryBeginWhole(int book, int priceScale, int quantityScale)
    {
        var spelling = _scales[book].HasOddSpelling;
        if (!TryBegin(book, EventKind.Snapshot))
        {
            return false;
        }

        ref var scales = ref _scales[book];
        scales.HasOddSpelling = spelling;   // the levels are the same
        scales.Price = (byte)priceScale;
        scales.Quantity = (byte)quantityScale;
        Message.PriceScale = scales.Price;
        Message.QuantityScale = scales.Quantity;
        Message.Flags |= EventFlags.Pushed;
        return true;
    }

    private bool MayPass(LinkGate gate)
    {
        var verdict = gate.Judge(_link, ref _lane.Current);
        if (verdict == LinkVerdict.Forward)
        {
            return true;
        }

        IsAhead |= verdict == LinkVerdict.Hold;
        _lane.Abandon();
        return false;
    }
}
