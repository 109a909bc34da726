using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Kraken;

/// <summary>
/// The fields of one element of <c>data</c> as they are met, whatever their order. Names are the venue's.
/// </summary>
internal ref struct KrakenBookFields
{
    /// <summary><c>symbol</c>.</summary>
    public JsonText Symbol;

    /// <summary><c>bids</c>.</summary>
    public JsonPlace Bids;

    /// <summary><c>asks</c>.</summary>
    public JsonPlace Asks;

    /// <summary><c>checksum</c>.</summary>
    public long Checksum;

    /// <summary>True when <c>checksum</c> was there.</summary>
    public bool HasChecksum;

    /// <summary><c>timestamp</c>; later on snapshots than on updates, so it may be missing.</summary>
    public JsonText Timestamp;
}
