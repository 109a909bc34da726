using LowLatencyQuoter.Perf.Latency.Marks;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Latency;

[TestFixture]
internal sealed class AppliedMarksTests
{
    [Test]
    public void EachQuoteGetsTheLastMarkSinceItsMessageWasTaken()
    {
        var marks = new AppliedMarks();
        marks.Add(10);   // applied, but not worth a quote
        marks.Add(20);
        marks.Add(35);

        Assert.That(marks.Take(15, 30), Is.EqualTo(20));
        Assert.That(marks.Take(30, 40), Is.EqualTo(35));
        Assert.That(marks.Take(40, 50), Is.Zero, "none is taken twice");
    }

    [Test]
    public void MarkOfAnEarlierMessageIsNobodyElses()
    {
        var marks = new AppliedMarks();
        marks.Add(10);

        Assert.That(marks.Take(15, 30), Is.Zero);
    }

    [Test]
    public void OldMarksAreOverwritten()
    {
        var marks = new AppliedMarks();
        for (var nanos = 1; nanos <= 5_000; nanos++)
        {
            marks.Add(nanos);
        }

        Assert.That(marks.Take(1, 3_000), Is.Zero);
        Assert.That(marks.Take(1, 5_000), Is.EqualTo(5_000));
    }

    [Test]
    public void BidsAreMarkedOnceWhenTheMergeAsksWhatChanged()
    {
        var marks = new AppliedMarks();
        var bids = new MarkedBids { Marks = marks };
        var before = bids.Version;
        Assert.That(marks.Take(0, long.MaxValue), Is.Zero, "nothing changed");

        bids.Set(100, 5);
        bids.Set(101, 6);
        Assert.That(bids.Version, Is.GreaterThan(before));
        Assert.That(marks.Take(0, long.MaxValue), Is.Positive);
        Assert.That((bids.Count, bids.Best.Price, bids.QuantityAt(100)), Is.EqualTo((2, 101L, 5L)));

        Assert.That(bids.Version, Is.GreaterThan(before));
        Assert.That(marks.Take(0, long.MaxValue), Is.Zero, "asked again");
        bids.Free();
    }
}
