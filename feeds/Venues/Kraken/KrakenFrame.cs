using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Kraken;

/// <summary>The fields of a Kraken v2 frame as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct KrakenFrame
{
    /// <summary><c>channel</c>, of the frame or of its result.</summary>
    public JsonText Channel;

    /// <summary><c>type</c>.</summary>
    public JsonText Type;

    /// <summary><c>method</c> of an answer.</summary>
    public JsonText Method;

    /// <summary><c>symbol</c> of an answer.</summary>
    public JsonText Symbol;

    /// <summary><c>depth</c> of an answer.</summary>
    public long Depth;

    /// <summary><c>data</c>.</summary>
    public JsonPlace Payload;

    /// <summary><c>success</c> of an answer.</summary>
    public bool Success;
}
