using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.KuCoin;

/// <summary>The fields of a KuCoin frame as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct KuCoinFrame
{
    /// <summary><c>type</c>.</summary>
    public JsonText Type;

    /// <summary><c>topic</c>.</summary>
    public JsonText Topic;

    /// <summary><c>id</c> of the request that is answered.</summary>
    public JsonText Id;

    /// <summary><c>data</c>.</summary>
    public JsonPlace Payload;

    /// <summary><c>sequenceStart</c> of an update.</summary>
    public long SequenceStart;

    /// <summary><c>sequenceEnd</c> of an update; <c>sequence</c> of a snapshot or a ticker.</summary>
    public long SequenceEnd;

    /// <summary><c>time</c>, milliseconds; traffic of 2021 has none with updates.</summary>
    public long Time;

    /// <summary><c>bids</c> of an update or snapshot; <c>bestBid</c> of a ticker.</summary>
    public JsonPlace Bids;

    /// <summary><c>asks</c> of an update or snapshot; <c>bestAsk</c> of a ticker.</summary>
    public JsonPlace Asks;

    /// <summary><c>bestBidSize</c> of a ticker.</summary>
    public JsonPlace BidSize;

    /// <summary><c>bestAskSize</c> of a ticker.</summary>
    public JsonPlace AskSize;

    /// <summary>The time as nanoseconds of Unix time; 0 when there is none or it is absurd.</summary>
    public readonly long UnixNanos => Time is > 0 and < long.MaxValue / 1_000_000 ? Time * 1_000_000 : 0;
}
