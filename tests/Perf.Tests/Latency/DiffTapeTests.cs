using System;
using System.Text;
using LowLatencyQuoter.Perf.Latency;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Latency;

[TestFixture]
internal sealed class DiffTapeTests
{
    [TestCase(2)]
    [TestCase(20)]
    [TestCase(200)]
    public void EveryDiffHasTheLevelsAskedFor(int levels)
    {
        var tape = DiffTape.Print(3, 16, levels, 500);
        for (var index = 0; index < tape.Count; index++)
        {
            var text = Encoding.ASCII.GetString(tape[index]);
            Assert.That(text.Split("[\"").Length - 1, Is.EqualTo(levels), text);
        }
    }

    [Test]
    public void SameVenueHasSameTape()
    {
        Assert.That(DiffTape.Print(1, 8)[5].SequenceEqual(DiffTape.Print(1, 8)[5]), Is.True);
        Assert.That(DiffTape.Print(1, 8)[5].SequenceEqual(DiffTape.Print(2, 8)[5]), Is.False);
    }

    [Test]
    public void BestQuantitiesChangeWithEveryDiffAlsoFromLastToFirst()
    {
        var tape = DiffTape.Print(0, 64);
        var before = Best(tape, tape.Count - 1);
        for (var index = 0; index < tape.Count; index++)
        {
            Assert.That(Best(tape, index), Is.Not.EqualTo(before), $"diff {index}");
            before = Best(tape, index);
        }
    }

    [Test]
    public void UpdateIdsAndTimesGoOnAcrossTheEndOfTheTape()
    {
        var tape = DiffTape.Print(0, 4);
        var source = new DiffSource(tape);
        for (var number = 0L; number < 11; number++)
        {
            source.Prepare(number);
            var text = Encoding.ASCII.GetString(source.Frame);
            var id = DiffTape.FirstUpdateId + number + 1;
            Assert.That(text, Does.Contain($"\"U\":{id},\"u\":{id},"));
            Assert.That(text, Does.Contain($"\"E\":{DiffTape.FirstEventMicros + number},"));
            Assert.That(DiffSource.NumberOf((DiffTape.FirstEventMicros + number) * 1_000), Is.EqualTo(number));
        }
    }

    [Test]
    public void NumberedTapeCarriesTheNumberInTheBestBid()
    {
        var source = new DiffSource(DiffTape.Print(0, 4, numbered: true));
        source.Prepare(1_234);
        var text = Encoding.ASCII.GetString(source.Frame);
        Assert.That(text, Does.Contain("\"b\":[[\"59999.99000000\",\"1000000.00001234\"]"));
    }

    private static string Best(DiffTape tape, int index)
    {
        var text = Encoding.ASCII.GetString(tape[index]);
        return text[text.IndexOf("\"b\":[[", StringComparison.Ordinal)..text.IndexOf("],[", StringComparison.Ordinal)];
    }
}
