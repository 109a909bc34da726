using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;

/// <summary>
/// The fields of one of a frame's events as they are met, whatever their order. Names are the venue's.
/// </summary>
internal ref struct CoinbaseAdvancedEvent
{
    /// <summary><c>type</c>.</summary>
    public JsonText Type;

    /// <summary><c>product_id</c>.</summary>
    public JsonText Product;

    /// <summary><c>updates</c>.</summary>
    public JsonPlace Updates;
}
