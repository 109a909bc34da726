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
    [TestCase(ChainRule.Linked, 100, 100, 107, ChainVerdict.Apply)]
    [TestCase(ChainRule.Linked, 100, 100, 100, ChainVerdict.Apply, TestName = "nothing happened for a while")]
    [TestCase(ChainRule.Linked, 100, 100, 3, ChainVerdict.Apply, TestName = "ids fell, and the chain holds")]
    [TestCase(ChainRule.Linked, 100, 100, 0, ChainVerdict.Apply)]
    [TestCase(ChainRule.Linked, 100, 93, 100, ChainVerdict.Ignore, TestName = "the last message again")]
    [TestCase(ChainRule.Linked, 100, 101, 107, ChainVerdict.Gap)]
    [TestCase(ChainRule.Linked, 100, 99, 107, ChainVerdict.Gap)]
    [TestCase(ChainRule.Linked, 100, 50, 60, ChainVerdict.Gap, TestName = "older, and not known")]
    [TestCase(ChainRule.Linked, 100, 0, 0, ChainVerdict.Gap, TestName = "ids that were there are missing")]
    [TestCase(ChainRule.Linked, 0, 0, 0, ChainVerdict.ApplyUnproven)]
    [TestCase(ChainRule.Linked, 0, 100, 107, ChainVerdict.ApplyUnproven, TestName = "ids that begin")]
    [TestCase(ChainRule.Successive, 100, 101, 101, ChainVerdict.Apply)]
    [TestCase(ChainRule.Successive, 100, 100, 100, ChainVerdict.Ignore, TestName = "the last one again")]
    [TestCase(ChainRule.Successive, 100, 102, 102, ChainVerdict.Gap)]
    [TestCase(ChainRule.Successive, 100, 99, 99, ChainVerdict.Gap)]
    [TestCase(ChainRule.Successive, 100, 1, 1, ChainVerdict.Gap)]
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

    [TestCase(ChainRule.Contiguous, 101)]
    [TestCase(ChainRule.Successive, 101)]
    [TestCase(ChainRule.Linked, 100)]
    public void WhatIsExpectedNextIsToldByTheRule(ChainRule rule, long expected) =>
        Assert.That(UpdateChain.Expected(rule, 100), Is.EqualTo(expected));
}
