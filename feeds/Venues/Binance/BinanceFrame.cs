using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>The fields of a Binance event as they are met, whatever their order. Names are the venue's.</summary>
internal ref struct BinanceFrame
{
    /// <summary><c>e</c>, the event's type.</summary>
    public JsonText EventType;

    /// <summary><c>s</c>, the symbol.</summary>
    public JsonText Symbol;

    /// <summary><c>E</c>, event time: milliseconds, or microseconds when the stream was asked for those.</summary>
    public long EventTime;

    /// <summary><c>U</c>, first update id.</summary>
    public long FirstUpdateId;

    /// <summary><c>u</c>, last update id.</summary>
    public long LastUpdateId;

    /// <summary><c>b</c>: changed bids of a diff, or the best bid price of a bookTicker.</summary>
    public JsonPlace Bids;

    /// <summary><c>a</c>: changed asks of a diff, or the best ask price of a bookTicker.</summary>
    public JsonPlace Asks;

    /// <summary><c>B</c>: best bid quantity of a bookTicker.</summary>
    public JsonPlace BidQuantity;

    /// <summary><c>A</c>: best ask quantity of a bookTicker.</summary>
    public JsonPlace AskQuantity;

    /// <summary>True when <c>e</c> was there.</summary>
    public bool HasEventType;

    /// <summary>True when <c>result</c> was there: the answer to a request.</summary>
    public bool IsAnswer;

    /// <summary>True when <c>code</c> or <c>error</c> was there: a refusal.</summary>
    public bool IsRefusal;

    /// <summary>True when <c>s</c>, <c>U</c> and <c>u</c> were there.</summary>
    public readonly bool HasChain => Symbol.Raw.Length != 0 && FirstUpdateId != 0 && LastUpdateId != 0;
}
