using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>The one difference between bids and asks, as a type argument: code for both sides is written once.</summary>
public interface ISide
{
    /// <summary>Which side this is.</summary>
    static abstract Side Side { get; }

    /// <summary>True when the first price is nearer to the touch than the second.</summary>
    static abstract bool Better(long price, long than);
}
