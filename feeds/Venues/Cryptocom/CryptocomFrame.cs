using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Cryptocom;

/// <summary>The fields of a Crypto.com frame as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct CryptocomFrame
{
    /// <summary><c>method</c>.</summary>
    public JsonText Method;

    /// <summary><c>id</c>; what the venue sends of its own accord has one too.</summary>
    public long Id;

    /// <summary><c>code</c>; 0 for all is well.</summary>
    public long Code;

    /// <summary><c>channel</c> of an answer, for instance <c>book.BTC_USD.50</c>.</summary>
    public JsonText Subject;

    /// <summary><c>result</c>; market data has one.</summary>
    public JsonPlace Result;

    /// <summary><c>channel</c> of a result: <c>book</c>, <c>book.update</c>, others.</summary>
    public JsonText Channel;

    /// <summary><c>instrument_name</c> of a result.</summary>
    public JsonText Symbol;

    /// <summary><c>depth</c> of a result.</summary>
    public long Depth;

    /// <summary><c>data</c> of a result.</summary>
    public JsonPlace Payload;
}
