using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Cryptocom;

/// <summary>
/// The fields of one element of <c>data</c> as they are met, whatever their order. Names are the venue's.
/// </summary>
internal ref struct CryptocomBookFields
{
    /// <summary><c>bids</c>, of the element or of its <c>update</c>.</summary>
    public JsonPlace Bids;

    /// <summary><c>asks</c>, likewise.</summary>
    public JsonPlace Asks;

    /// <summary><c>t</c>, when it was published, milliseconds of Unix time.</summary>
    public long Time;

    /// <summary><c>u</c>, the id of this message.</summary>
    public long Id;

    /// <summary><c>pu</c>, the id of the message before it.</summary>
    public long PreviousId;

    /// <summary>True when <c>u</c> was there.</summary>
    public bool HasId;

    /// <summary>True when <c>pu</c> was there.</summary>
    public bool HasPreviousId;
}
