using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>
/// One reader's private, whole copy of a quote. A quote that is overwritten while it is copied does not replace the one
/// read before. Threads: each reader has its own; reading never disturbs the writer.
/// </summary>
[HotPath]
public sealed class QuoteReader
{
    private readonly QuoteRing _ring;
    private byte[] _copy;
    private byte[] _next;   // is copied to, and becomes the copy when it has proven to be whole

    /// <summary>Reads from <paramref name="ring"/>.</summary>
    public QuoteReader(QuoteRing ring)
    {
        _ring = ring;
        _copy = GC.AllocateArray<byte>(ring.QuoteBytes, pinned: true);
        _next = GC.AllocateArray<byte>(ring.QuoteBytes, pinned: true);
    }

    /// <summary>Rows a side that a quote has at most.</summary>
    public int Levels => _ring.Levels;

    /// <summary>The header of the quote read last.</summary>
    public ref QuoteHeader Header => ref Unsafe.As<byte, QuoteHeader>(ref MemoryMarshal.GetArrayDataReference(_copy));

    /// <summary>The bid rows of the quote read last, best first.</summary>
    public ReadOnlySpan<QuoteRow> Bids => Rows(0)[..Header.BidCount];

    /// <summary>The ask rows of the quote read last, best first.</summary>
    public ReadOnlySpan<QuoteRow> Asks => Rows(_ring.Levels)[..Header.AskCount];

    /// <summary>True when both sides have a row.</summary>
    public bool HasSpread => Header.BidCount != 0 && Header.AskCount != 0;

    /// <summary>
    /// Best ask less best bid, at the quote's price scale; 0 when a side is empty. Negative when venues cross.
    /// </summary>
    public long Spread => HasSpread ? Asks[0].Price - Bids[0].Price : 0;

    /// <summary>
    /// Reads quote number <paramref name="sequence"/>; false when it was overwritten or does not exist yet, and the
    /// quote read before is still there.
    /// </summary>
    public bool TryRead(long sequence)
    {
        if (sequence < 0 || !_ring.TryCopy(sequence, _next))
        {
            return false;
        }

        (_copy, _next) = (_next, _copy);
        return true;
    }

    /// <summary>Reads the latest quote; false only before the first.</summary>
    public bool TryReadLatest()
    {
        while (true)
        {
            var latest = _ring.Cursor;
            if (latest < 0)
            {
                return false;
            }

            if (TryRead(latest))
            {
                return true;
            }
        }
    }

    private Span<QuoteRow> Rows(int offset) =>
        MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, QuoteRow>(
                ref _copy[Unsafe.SizeOf<QuoteHeader>() + (offset * Unsafe.SizeOf<QuoteRow>())]),
            _ring.Levels);
}
