using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Okx;

/// <summary>The fields of an OKX frame as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct OkxFrame
{
    /// <summary><c>event</c>: an answer or a notice; market data has none.</summary>
    public JsonText Event;

    /// <summary><c>code</c> of a refusal or a notice.</summary>
    public JsonText Code;

    /// <summary><c>msg</c> of a refusal, which names the instrument in words.</summary>
    public JsonText Message;

    /// <summary><c>channel</c> of the argument.</summary>
    public JsonText Channel;

    /// <summary><c>instId</c> of the argument.</summary>
    public JsonText Symbol;

    /// <summary><c>action</c>.</summary>
    public JsonText Action;

    /// <summary><c>data</c>.</summary>
    public JsonPlace Payload;
}
