namespace LowLatencyQuoter.Engine.Book;

/// <summary>Judges updates by their venue's rule; no state of its own.</summary>
[HotPath]
public static class UpdateChain
{
    /// <summary>
    /// Judges the update with these ids after <paramref name="applied"/>, the last id that is in the book.
    /// <paramref name="follows"/> is true when that was an update's, not the snapshot's.
    /// </summary>
    public static ChainVerdict Judge(
        ChainRule rule, long applied, long firstUpdateId, long lastUpdateId, bool follows = false)
    {
        if (rule == ChainRule.Consecutive && follows)
        {
            return firstUpdateId == applied + 1 ? ChainVerdict.Apply : ChainVerdict.Gap;
        }

        if (rule == ChainRule.None)
        {
            return ChainVerdict.Apply;
        }

        if (lastUpdateId <= applied)
        {
            return ChainVerdict.Ignore;
        }

        return rule is ChainRule.Contiguous or ChainRule.Consecutive && firstUpdateId > applied + 1
            ? ChainVerdict.Gap
            : ChainVerdict.Apply;
    }
}
