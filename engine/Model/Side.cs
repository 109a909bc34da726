namespace LowLatencyQuoter.Engine.Model;

/// <summary>A side of a book. The numeric values are part of the journal and may only grow.</summary>
public enum Side : byte
{
    /// <summary>Buyers: the best level has the highest price.</summary>
    Bid = 0,

    /// <summary>Sellers: the best level has the lowest price.</summary>
    Ask = 1,
}
