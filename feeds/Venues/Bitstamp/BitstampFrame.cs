using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bitstamp;

/// <summary>The fields of a Bitstamp message as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct BitstampFrame
{
    /// <summary><c>event</c>.</summary>
    public JsonText Event;

    /// <summary><c>channel</c>.</summary>
    public JsonText Channel;

    /// <summary><c>data</c>.</summary>
    public JsonPlace Payload;

    /// <summary><c>microtimestamp</c> of the data, microseconds of Unix time.</summary>
    public long MicroTimestamp;

    /// <summary><c>bids</c> of the data.</summary>
    public JsonPlace Bids;

    /// <summary><c>asks</c> of the data.</summary>
    public JsonPlace Asks;

    /// <summary>True when the data has everything a book needs.</summary>
    public readonly bool HasBook => MicroTimestamp > 0 && Bids.IsSet && Asks.IsSet;
}
