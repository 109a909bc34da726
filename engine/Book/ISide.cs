using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>The differences between bids and asks, as a type argument: code for both sides is written once.</summary>
public interface ISide
{
    /// <summary>Which side this is.</summary>
    static abstract Side Side { get; }

    /// <summary>A price worse than any: stands for "none touched".</summary>
    static abstract long Nothing { get; }

    /// <summary>True when the first price is nearer to the touch than the second.</summary>
    static abstract bool Better(long price, long than);

    /// <summary>How much worse a price is than another; modulo 2^64, so that better prices are beyond 2^63.</summary>
    static abstract ulong Distance(long price, long from);

    /// <summary>The price that is worse than another by a distance; modulo 2^64.</summary>
    static abstract long Worse(long price, ulong by);

    /// <summary>A number that is less for a better price, and gives the price back when applied again.</summary>
    static abstract long Key(long price);
}
