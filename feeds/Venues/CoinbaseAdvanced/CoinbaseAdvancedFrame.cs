using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;

/// <summary>The fields of a frame as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct CoinbaseAdvancedFrame
{
    /// <summary><c>channel</c>; errors have none.</summary>
    public JsonText Channel;

    /// <summary><c>type</c> of an error.</summary>
    public JsonText Type;

    /// <summary><c>timestamp</c>.</summary>
    public JsonText Timestamp;

    /// <summary><c>events</c>.</summary>
    public JsonPlace Events;

    /// <summary><c>sequence_num</c>.</summary>
    public long Number;

    /// <summary>True when there is one, of 0 or more.</summary>
    public bool HasNumber;
}
