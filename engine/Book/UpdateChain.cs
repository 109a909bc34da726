namespace LowLatencyQuoter.Engine.Book;

/// <summary>Judges updates by their venue's rule; no state of its own.</summary>
[HotPath]
public static class UpdateChain
{
    /// <summary>
    /// Judges the update with these ids after <paramref name="applied"/>, the last id that is in the book.
    /// </summary>
    public static ChainVerdict Judge(ChainRule rule, long applied, long firstUpdateId, long lastUpdateId)
    {
        if (rule == ChainRule.None)
        {
            return ChainVerdict.Apply;
        }

        if (lastUpdateId <= applied)
        {
            return ChainVerdict.Ignore;
        }

        return rule == ChainRule.Contiguous && firstUpdateId > applied + 1 ? ChainVerdict.Gap : ChainVerdict.Apply;
    }
}
