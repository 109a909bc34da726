namespace LowLatencyQuoter.Engine.Book;

/// <summary>Entry of the directory of <see cref="SortedLevels{TSide}"/>: one run of neighbouring levels.</summary>
internal struct LevelBlock
{
    /// <summary>Price of its worst level.</summary>
    public long Worst;

    /// <summary>Which block of the pool holds the levels.</summary>
    public int Block;

    /// <summary>Count of levels, at least 1.</summary>
    public int Count;
}
