using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// A reader's private, whole copy of a quote; made by <see cref="SharedQuotes.MakeQuote"/> and filled again and again.
/// A quote that was torn does not replace the one before. Threads: one.
/// </summary>
public sealed unsafe class SharedQuote
{
    private readonly int _levels;
    private byte[] _copy;
    private byte[] _next;   // is copied to, and becomes the copy when it has proven to be whole

    internal SharedQuote(int levels, int bytes)
    {
        _levels = levels;
        _copy = GC.AllocateArray<byte>(bytes, pinned: true);
        _next = GC.AllocateArray<byte>(bytes, pinned: true);
    }

    /// <summary>Number of the quote of its instrument's place: 0, 1, 2, ... without a hole.</summary>
    public long Sequence => Record.Sequence;

    /// <summary>Number of the change among those of all instruments: 0, 1, 2, ... without a hole.</summary>
    public long Change => Record.Change;

    /// <summary>The writer's epoch; a new writer has a greater one, and numbers from 0 again.</summary>
    public long Epoch => Record.Epoch;

    /// <summary>
    /// The venue's time of the message that caused the quote, nanoseconds of Unix time; 0 if it states none.
    /// </summary>
    public long VenueUnixNanos => Record.VenueUnixNanos;

    /// <summary>When that message was received, nanoseconds of the machine's monotonic clock.</summary>
    public long ReceivedNanos => Record.ReceivedNanos;

    /// <summary>When the quote was complete, on the same clock.</summary>
    public long PublishedNanos => Record.PublishedNanos;

    /// <summary>Place of the instrument.</summary>
    public int Place => Record.Place;

    /// <summary>Generation of the instrument in that place.</summary>
    public long Generation => Record.Generation;

    /// <summary>True when the best bid is at or above the best ask: venues cross each other.</summary>
    public bool IsCrossed => (Record.Flags & QuoteRecord.Crossed) != 0;

    /// <summary>Decimal digits of prices.</summary>
    public int PriceScale => Record.PriceScale;

    /// <summary>Decimal digits of quantities.</summary>
    public int QuantityScale => Record.QuantityScale;

    /// <summary>
    /// Index among <see cref="Venues"/> of whose message caused the quote; 255 when it is none of them.
    /// </summary>
    public int CauseMember => Record.CauseMember;

    /// <summary>The venues that make up the instrument, live or not, in the configured order.</summary>
    public ReadOnlySpan<SharedVenue> Venues =>
        MemoryMarshal.CreateReadOnlySpan(ref Record.Members[0], Record.MemberCount);

    /// <summary>The bid rows, best first.</summary>
    public ReadOnlySpan<SharedRow> Bids => Rows(0, Record.BidCount);

    /// <summary>The ask rows, best first.</summary>
    public ReadOnlySpan<SharedRow> Asks => Rows(_levels, Record.AskCount);

    private ref QuoteRecord Record => ref RecordOf(_copy);

    /// <summary>
    /// Copies a slot, as much of it as it says is used, and looks at its version again. False: it was written to
    /// meanwhile, and nothing has changed.
    /// </summary>
    internal bool TryTake(byte* slot, long version)
    {
        ref var record = ref RecordOf(_next);
        new ReadOnlySpan<byte>(slot, QuoteRecord.Bytes).CopyTo(_next);
        if ((uint)record.BidCount > (uint)_levels || (uint)record.AskCount > (uint)_levels
            || record.MemberCount > QuoteRecord.MembersMax)
        {
            return false;   // torn: counts of two quotes; checked before they are used
        }

        CopyRows(slot, 0, record.BidCount);
        CopyRows(slot, _levels, record.AskCount);
        Volatile.ReadBarrier();   // ARM64: no copy of above may be made after the second look
        if (Volatile.Read(ref *(long*)slot) != version)
        {
            return false;
        }

        (_copy, _next) = (_next, _copy);
        return true;
    }

    /// <summary>True when the slot that was taken last holds a quote.</summary>
    internal bool IsPresent => (Record.Flags & QuoteRecord.Present) != 0;

    private static ref QuoteRecord RecordOf(byte[] bytes) =>
        ref Unsafe.As<byte, QuoteRecord>(ref MemoryMarshal.GetArrayDataReference(bytes));

    private void CopyRows(byte* slot, int first, int count)
    {
        var offset = QuoteRecord.Bytes + (first * QuoteFileShape.RowBytes);
        new ReadOnlySpan<byte>(slot + offset, count * QuoteFileShape.RowBytes).CopyTo(_next.AsSpan(offset));
    }

    private ReadOnlySpan<SharedRow> Rows(int first, int count) => MemoryMarshal.Cast<byte, SharedRow>(
        _copy.AsSpan(QuoteRecord.Bytes + (first * QuoteFileShape.RowBytes), count * QuoteFileShape.RowBytes));
}
