namespace LowLatencyQuoter.Engine.Book;

/// <summary>Where the merge stands in one venue's side; prices and quantities on the common scale.</summary>
internal struct MergeHead
{
    /// <summary>Price of the level that is next.</summary>
    public long Price;

    /// <summary>Its quantity.</summary>
    public long Quantity;

    /// <summary>Rank of the level after it; -1 when the side is used up.</summary>
    public int Rank;
}
