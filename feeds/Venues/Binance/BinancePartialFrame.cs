using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>The fields of a partial depth message as they are met, whatever their order.</summary>
internal ref struct BinancePartialFrame
{
    /// <summary><c>stream</c>, which alone names the symbol.</summary>
    public JsonText Stream;

    /// <summary><c>e</c>, which partial depth does not have.</summary>
    public JsonText EventType;

    /// <summary><c>lastUpdateId</c>; 0 without one.</summary>
    public long LastUpdateId;

    /// <summary><c>bids</c>, best first.</summary>
    public JsonPlace Bids;

    /// <summary><c>asks</c>, best first.</summary>
    public JsonPlace Asks;

    /// <summary>True when <c>e</c> was there.</summary>
    public bool HasEventType;

    /// <summary>True when <c>result</c> was there: the answer to a request.</summary>
    public bool IsAnswer;

    /// <summary>True when <c>code</c> or <c>error</c> was there: a refusal.</summary>
    public bool IsRefusal;

    /// <summary>True when any of a book was there.</summary>
    public readonly bool HasBook => LastUpdateId != 0 || Bids.IsSet || Asks.IsSet;

    /// <summary>True when all of a book was there.</summary>
    public readonly bool IsBook => LastUpdateId > 0 && Bids.IsSet && Asks.IsSet;
}
