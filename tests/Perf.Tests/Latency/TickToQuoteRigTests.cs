using System.Linq;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Latency;

/// <summary>The path that is measured, small and on threads that sleep, so that it disturbs nobody.</summary>
[TestFixture]
internal sealed class TickToQuoteRigTests
{
    private static readonly RigOptions Small = new()
    {
        Wait = WaitStrategyKind.Blocking,
        Depth = 100,
        TapeLength = 32,
    };

    [TestCase(1, 1, 20, false)]
    [TestCase(3, 2, 20, true)]
    [TestCase(10, 1, 2, false)]
    [TestCase(10, 10, 60, true)]
    public void EveryMessageIsAppliedQuotedAndStamped(int venues, int lanes, int levels, bool splits)
    {
        using var rig = new TickToQuoteRig(
            Small with { Venues = venues, Lanes = lanes, DiffLevels = levels, SplitsQuote = splits });
        const int Count = 2_000;
        var stamps = new StampTable(Count, splits);
        for (var window = 0; window < 2; window++)
        {
            stamps.Clear();
            var quotes = rig.QuoteCount;
            var run = rig.Run(
                Count, 20_000, first => new MeasuredWindow { FirstNumber = first, Count = Count, Stamps = stamps });
            Assert.Multiple(() =>
            {
                Assert.That(run.Lost, Is.Zero);
                Assert.That(run.Applied, Is.EqualTo(Count));
                Assert.That(run.Gaps + run.Errors, Is.Zero);
                Assert.That(rig.QuoteCount - quotes, Is.EqualTo(Count));
                Assert.That(run.Seconds, Is.GreaterThan(0.039), "2,000 messages at 20 us");
            });
            foreach (var stage in stamps.Histograms(Count, run.Reader.Schedule))
            {
                Assert.That(stage.TotalCount, Is.EqualTo(Count));
                Assert.That(stage.BelowRangeCount, Is.Zero, "a stage ended before it began");
            }
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void StagesAddUpToTheTotal(bool splits)
    {
        using var rig = new TickToQuoteRig(Small with { Venues = 2, SplitsQuote = splits });
        var stamps = new StampTable(1, splits);
        var run = rig.Run(1, 1_000, first => new MeasuredWindow { FirstNumber = first, Count = 1, Stamps = stamps });
        var stages = stamps.Histograms(1, run.Reader.Schedule);
        Assert.That(stages, Has.Length.EqualTo(splits ? 6 : 5));
        var sum = stages[..^1].Sum(static stage => stage.Mean);
        Assert.That(stages[^1].Mean, Is.EqualTo(sum).Within(1).Percent, "three digits are kept");
    }

    [Test]
    public void UnpacedMessagesAllComeThrough()
    {
        using var rig = new TickToQuoteRig(Small);
        var run = rig.Run(20_000, 0, first => new MeasuredWindow { FirstNumber = first, Count = 20_000 });
        Assert.That(run.Lost, Is.Zero);
        Assert.That(run.Window.Seen, Is.EqualTo(20_000));
    }

    [Test]
    public void DiffsAreThoseThatTheDecoderReadsTheShortWay()
    {
        if (!DigitPair.IsSupported)
        {
            Assert.Ignore("this processor has no short way");
        }

        using var rig = new TickToQuoteRig(Small);
        rig.Run(500, 0, first => new MeasuredWindow { FirstNumber = first, Count = 500 });
        Assert.That(rig.GeneralFrames, Is.Zero);
    }

    [Test]
    [Category(Categories.Allocation)]
    public void HotThreadsAllocateNothingAfterWarmUp()
    {
        using var rig = new TickToQuoteRig(Small);
        var stamps = new StampTable(2_000);
        WindowRun Run() => rig.Run(
            2_000, 5_000, first => new MeasuredWindow { FirstNumber = first, Count = 2_000, Stamps = stamps });
        Run();
        var run = Run();
        Assert.That(run.Reader.AllocatedBytes, Is.Zero, "reader");
        Assert.That(run.EngineBytes, Is.Zero, "engine");
    }
}
