using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bybit;

/// <summary>The fields of <c>data</c> as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct BybitBookFields
{
    /// <summary><c>s</c>.</summary>
    public JsonText Symbol;

    /// <summary><c>b</c>.</summary>
    public JsonPlace Bids;

    /// <summary><c>a</c>.</summary>
    public JsonPlace Asks;

    /// <summary><c>u</c>, which counts the messages of a topic.</summary>
    public long UpdateId;

    /// <summary>True when the data has everything a book needs.</summary>
    public readonly bool IsBook => UpdateId > 0 && Bids.IsSet && Asks.IsSet;
}
