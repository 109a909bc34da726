using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Coinbase;

/// <summary>
/// The fields of a Coinbase Exchange frame as they are met, whatever their order. Names are the venue's.
/// </summary>
internal ref struct CoinbaseFrame
{
    /// <summary><c>type</c>.</summary>
    public JsonText Type;

    /// <summary><c>product_id</c>.</summary>
    public JsonText Product;

    /// <summary><c>reason</c> of an error.</summary>
    public JsonText Reason;

    /// <summary><c>time</c>; missing in older snapshots.</summary>
    public JsonText Time;

    /// <summary><c>bids</c> of a snapshot.</summary>
    public JsonPlace Bids;

    /// <summary><c>asks</c> of a snapshot.</summary>
    public JsonPlace Asks;

    /// <summary><c>changes</c> of an update.</summary>
    public JsonPlace Changes;
}
