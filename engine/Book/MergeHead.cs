using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>Where the merge stands in one venue's side; prices and quantities on the common scale.</summary>
internal struct MergeHead
{
    /// <summary>The level that is next.</summary>
    public Level Level;

    /// <summary>Behind the level.</summary>
    public LevelCursor Cursor;

    /// <summary>False when the side is used up.</summary>
    public bool HasLevel;
}
