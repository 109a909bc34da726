using LowLatencyQuoter.Engine.Book;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class UpdateChainTests
{
    [TestCase(ChainRule.None, 100, 0, 0, ChainVerdict.Apply)]
    [TestCase(ChainRule.None, 100, 300, 400, ChainVerdict.Apply)]
    [TestCase(ChainRule.Contiguous, 100, 101, 105, ChainVerdict.Apply)]
    [TestCase(ChainRule.Contiguous, 100, 101, 101, ChainVerdict.Apply)]
    [TestCase(ChainRule.Contiguous, 100, 95, 101, ChainVerdict.Apply)]
    [TestCase(ChainRule.Contiguous, 100, 95, 100, ChainVerdict.Ignore)]
    [TestCase(ChainRule.Contiguous, 100, 90, 95, ChainVerdict.Ignore)]
    [TestCase(ChainRule.Contiguous, 100, 102, 105, ChainVerdict.Gap)]
    [TestCase(ChainRule.Rising, 100, 0, 101, ChainVerdict.Apply)]
    [TestCase(ChainRule.Rising, 100, 0, 100_000, ChainVerdict.Apply)]
    [TestCase(ChainRule.Rising, 100, 0, 100, ChainVerdict.Ignore)]
    [TestCase(ChainRule.Rising, 100, 0, 99, ChainVerdict.Ignore)]
    public void VerdictFollowsTheRule(ChainRule rule, long applied, long first, long last, ChainVerdict verdict) =>
        Assert.That(UpdateChain.Judge(rule, applied, first, last), Is.EqualTo(verdict));

    [TestCase(100, 101, 105, false, ChainVerdict.Apply)]
    [TestCase(100, 95, 101, false, ChainVerdict.Apply)]
    [TestCase(100, 95, 100, false, ChainVerdict.Ignore)]
    [TestCase(100, 102, 105, false, ChainVerdict.Gap)]
    [TestCase(100, 101, 105, true, ChainVerdict.Apply)]
    [TestCase(100, 102, 105, true, ChainVerdict.Gap)]
    [TestCase(100, 95, 101, true, ChainVerdict.Gap)]
    [TestCase(100, 96, 100, true, ChainVerdict.Gap)]
    public void ConsecutiveChainMayStraddleASnapshotAndNothingElse(
        long applied, long first, long last, bool follows, ChainVerdict verdict) =>
        Assert.That(
            UpdateChain.Judge(ChainRule.Consecutive, applied, first, last, follows), Is.EqualTo(verdict));
}
