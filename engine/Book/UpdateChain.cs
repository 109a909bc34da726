namespace LowLatencyQuoter.Engine.Book;

/// <summary>Judges updates by their venue's rule; no state of its own.</summary>
[HotPath]
public static class UpdateChain
{
    /// <summary>
    /// Judges the update with these ids after <paramref name="applied"/>, the last id that is in the book. An id of 0
    /// is one that the venue did not state. <paramref name="follows"/> is true when the applied id was an update's, not
    /// the snapshot's.
    /// </summary>
    public static ChainVerdict Judge(
        ChainRule rule, long applied, long firstUpdateId, long lastUpdateId, bool follows = false)
    {
        switch (rule)
        {
            case ChainRule.None:
                return ChainVerdict.Apply;
            case ChainRule.Consecutive when follows:
                return firstUpdateId == applied + 1 ? ChainVerdict.Apply : ChainVerdict.Gap;
            case ChainRule.Linked:
                return JudgeLinked(applied, firstUpdateId, lastUpdateId);
            case ChainRule.Successive:
                return lastUpdateId == applied + 1 ? ChainVerdict.Apply
                    : lastUpdateId == applied ? ChainVerdict.Ignore
                    : ChainVerdict.Gap;
        }

        if (lastUpdateId <= applied)
        {
            return ChainVerdict.Ignore;
        }

        return rule is ChainRule.Contiguous or ChainRule.Consecutive && firstUpdateId > applied + 1
            ? ChainVerdict.Gap
            : ChainVerdict.Apply;
    }

    /// <summary>What the first id of the next update would have to be, for whoever is told of a gap.</summary>
    public static long Expected(ChainRule rule, long applied) => rule == ChainRule.Linked ? applied : applied + 1;

    /// <summary>
    /// Greater or smaller says nothing here: only that a message names what is in the book as its predecessor. One that
    /// ends where the book stands is a repetition.
    /// </summary>
    private static ChainVerdict JudgeLinked(long applied, long previousUpdateId, long updateId)
    {
        if (applied == 0)
        {
            return ChainVerdict.ApplyUnproven;
        }

        return previousUpdateId == applied ? ChainVerdict.Apply
            : updateId == applied ? ChainVerdict.Ignore
            : ChainVerdict.Gap;
    }
}
