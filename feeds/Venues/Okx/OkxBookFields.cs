using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Okx;

/// <summary>
/// The fields of one element of <c>data</c> as they are met, whatever their order. Names are the venue's.
/// </summary>
internal ref struct OkxBookFields
{
    /// <summary><c>bids</c>.</summary>
    public JsonPlace Bids;

    /// <summary><c>asks</c>.</summary>
    public JsonPlace Asks;

    /// <summary><c>ts</c>, milliseconds of Unix time.</summary>
    public long Time;

    /// <summary><c>checksum</c>; 0 where there is none, and where it has lost its meaning (step 6).</summary>
    public long Checksum;

    /// <summary><c>prevSeqId</c>; -1 in a snapshot.</summary>
    public long PreviousId;

    /// <summary><c>seqId</c>.</summary>
    public long Id;

    /// <summary>True when <c>prevSeqId</c> was there.</summary>
    public bool HasPreviousId;

    /// <summary>True when <c>seqId</c> was there.</summary>
    public bool HasId;

    /// <summary>
    /// True when the element has what a book needs: both sides, and both ids or, in recordings from before 2023,
    /// neither.
    /// </summary>
    public readonly bool IsBook => Bids.IsSet && Asks.IsSet && HasId == HasPreviousId && Id >= 0;
}
