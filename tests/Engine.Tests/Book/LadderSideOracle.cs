using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>A ladder beside the reference book, with what only the ladder can be asked.</summary>
internal sealed class LadderSideOracle<TSide> : SideOracle<TSide, LadderSide<TSide>>
    where TSide : struct, ISide
{
    /// <summary>Also copies, ranks, and the bound of memory.</summary>
    public override void CheckAll()
    {
        base.CheckAll();
        var expected = Levels();
        var copied = new Level[expected.Length + 1];
        Assert.That(Side.CopyBest(copied), Is.EqualTo(expected.Length));
        Assert.That(copied[..^1], Is.EqualTo(expected));
        for (var rank = 0; rank < expected.Length; rank += 1 + (rank / 7))
        {
            Assert.That(Side[rank], Is.EqualTo(expected[rank]), $"rank {rank}");
        }

        Assert.That(Side.NativeBytes, Is.LessThanOrEqualTo(LadderSide<TSide>.MaxBytes(Most)));
    }
}
