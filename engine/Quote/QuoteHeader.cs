using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>What stands before the rows of a quote.</summary>
[HotPath]
[StructLayout(LayoutKind.Sequential)]
public struct QuoteHeader
{
    /// <summary>Bound of the venues of one consolidated instrument.</summary>
    public const int MaxMembers = 16;

    /// <summary>Number of the quote of its instrument: 0, 1, 2, ... without a hole.</summary>
    public long Sequence;

    /// <summary>
    /// The venue's time of the message that caused the quote, nanoseconds of Unix time; 0 if it states none.
    /// </summary>
    public long VenueUnixNanos;

    /// <summary>When that message was received, on the engine's clock.</summary>
    public long ReceivedNanos;

    /// <summary>When the quote was complete, on the same clock.</summary>
    public long PublishedNanos;

    /// <summary>Dense index of the instrument.</summary>
    public int Instrument;

    /// <summary>The book whose message caused the quote.</summary>
    public int CauseBook;

    /// <summary>Rows on the bid side.</summary>
    public int BidCount;

    /// <summary>Rows on the ask side.</summary>
    public int AskCount;

    /// <summary>Count of venues that make up the instrument, live or not.</summary>
    public int MemberCount;

    /// <summary>Decimal digits of prices.</summary>
    public byte PriceScale;

    /// <summary>Decimal digits of quantities.</summary>
    public byte QuantityScale;

    private MemberArray _members;

    /// <summary>Venue number <paramref name="index"/>, in the configured order.</summary>
    [UnscopedRef]
    public ref QuoteMember Member(int index) => ref _members[index];

    [InlineArray(MaxMembers)]
    private struct MemberArray
    {
        private QuoteMember _first;
    }
}
