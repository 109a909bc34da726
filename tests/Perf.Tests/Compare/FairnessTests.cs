using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Venues.Binance;
using LowLatencyQuoter.Perf.Compare;
using LowLatencyQuoter.Perf.Compare.Books;
using LowLatencyQuoter.Perf.Compare.Decoding;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Compare;

/// <summary>
/// What makes a comparison fair: equal input, equal results, and a check that notices when they are not.
/// </summary>
public sealed class FairnessTests
{
    private const long Digits = 100_000_000;

    [Test]
    public void TheBaselinesNumbersAreExact() =>
        Seeded.Check(Prop.ForAll(
            Gen.Choose(0,
                int.MaxValue).Two().Select(static pair => ((long)pair.Item1 << 20) ^ pair.Item2).ToArbitrary(),
            static value =>
            {
                var text = Encoding.ASCII.GetBytes((value / (decimal)Digits).ToString("F8", null));
                return ScaledParse.TryParse(text, out var parsed) && parsed == value;
            }));

    [TestCase("63005.0", 6_300_500_000_000)]
    [TestCase("2.5e-7", 25)]
    [TestCase("1E+2", 10_000_000_000)]
    [TestCase("0", 0)]
    [TestCase("0.000000010", 1)]
    public void TheBaselineReadsEverySpelling(string text, long expected)
    {
        Assert.That(ScaledParse.TryParse(Encoding.ASCII.GetBytes(text), out var value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase("1.000000001")]
    [TestCase("-1")]
    [TestCase("1.2.3")]
    [TestCase("x")]
    [TestCase("")]
    public void TheBaselineRoundsNothingAndRefusesTheRest(string text) =>
        Assert.That(ScaledParse.TryParse(Encoding.ASCII.GetBytes(text), out _), Is.False);

    [Test]
    public void FramesWithOtherLevelsThanPromisedAreNoticed()
    {
        var frame = VenueText.Binance(1, 2, [new Level(Digits, Digits)], [new Level(2 * Digits, 0)]);
        using var comparison = new DecodeComparison<BinanceDialect, Utf8Binance>(VenueText.BinanceSymbol, 4, 2, 5,
            [frame]);

        Assert.That(comparison.Check, Throws.TypeOf<ComparisonException>().With.Message.Contains("different levels"));
    }

    [Test]
    public void FramesThatASideRefusesAreNoticed()
    {
        var frame = VenueText.Bitstamp(1, [], []);
        using var comparison = new DecodeComparison<BinanceDialect, Utf8Binance>(VenueText.BinanceSymbol, 0, 2, 5,
            [frame]);

        Assert.That(comparison.Check, Throws.TypeOf<ComparisonException>().With.Message.Contains("refused"));
    }

    [Test]
    public void ChangesComeRoundToWhereTheyBegan([Values] Side side)
    {
        var stream = new ChangeStream(side, 300, 10_000, 4_000, 5);
        var levels = stream.Initial.ToDictionary(static level => level.Price, static level => level.Quantity);

        foreach (var (price, quantity) in stream.Changes)
        {
            Assert.That(price, side == Side.Bid ? Is.LessThan(10_000) : Is.GreaterThan(10_000), "beyond the touch");
            levels[price] = quantity;
        }

        var left = levels.Where(static level => level.Value != 0).ToDictionary();
        Assert.That(left, Is.EquivalentTo(stream.Initial.ToDictionary(static level => level.Price,
            static level => level.Quantity)));
    }

    [Test]
    public void FarChangesAreAllOverABookThatLeavesTheLaddersWindow()
    {
        const int Window = 32_768;
        var stream = new ChangeStream(Side.Ask, 20_000, 10_000, 4_000, 5, ChangeSpread.Far);
        var first = stream.Initial[0].Price;

        Assert.That(stream.Initial[^1].Price - first, Is.GreaterThan(10 * Window));
        Assert.That(
            stream.Changes.Count(change => change.Price - first > Window), Is.GreaterThan(stream.Changes.Length * 0.8));
    }

    [Test]
    public void SnapshotsLeaveNothingOfTheOneBefore()
    {
        using var comparison = new BookSnapshotComparison(3_000);

        Assert.That(comparison.Chunk, Is.EqualTo(3_000));
        comparison.Check();
        comparison.Ours(100);
        comparison.Baseline(50);
        Assert.That(comparison.Check, Throws.TypeOf<ComparisonException>().With.Message.Contains("differ"));
    }

    [Test]
    public void HalfOfTheChangesModifyAndTheOthersInsertAndDelete()
    {
        var stream = new ChangeStream(Side.Ask, 300, 10_000, 40_000, 6);
        var levels = stream.Initial.ToDictionary(static level => level.Price, static level => level.Quantity);
        var (modified, inserted, deleted) = (0, 0, 0);
        foreach (var (price, quantity) in stream.Changes)
        {
            var was = levels.GetValueOrDefault(price);
            modified += was != 0 && quantity != 0 ? 1 : 0;
            inserted += was == 0 && quantity != 0 ? 1 : 0;
            deleted += was != 0 && quantity == 0 ? 1 : 0;
            levels[price] = quantity;
        }

        Assert.That(modified, Is.EqualTo(20_000).Within(3).Percent);
        Assert.That(inserted, Is.EqualTo(10_000).Within(5).Percent);
        Assert.That(deleted, Is.EqualTo(10_000).Within(5).Percent);
    }

    [Test]
    public void ABinanceDiffOfTwentyLevelsHasTheSizeOfARealOne()
    {
        var frames = FrameSet.Make(20, 1_000_000, 1_000, static (frame, bids, asks) =>
            VenueText.Binance(50_123_456_789 + frame, 50_123_456_789 + frame, bids, asks));

        Assert.That(frames.Average(static frame => frame.Length), Is.EqualTo(738).Within(10).Percent);
    }
}
