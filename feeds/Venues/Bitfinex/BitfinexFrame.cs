using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>The elements of an array of Bitfinex as they are met.</summary>
internal ref struct BitfinexFrame
{
    /// <summary>The first element: whose channel it is.</summary>
    public long Channel;

    /// <summary>The second element where it is a text: <c>hb</c>, <c>cs</c> and others.</summary>
    public JsonText Tag;

    /// <summary>The second element where it is none.</summary>
    public JsonPlace Content;

    /// <summary>The third element of a <c>cs</c>.</summary>
    public long Checksum;

    /// <summary>True when that is there, and a whole number.</summary>
    public bool HasChecksum;

    /// <summary>The last element behind the content where that is a whole number, else 0.</summary>
    public long Last;

    /// <summary>The element before it, likewise.</summary>
    public long NextToLast;
}
