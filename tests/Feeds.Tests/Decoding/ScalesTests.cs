using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class ScalesTests
{
    private static string Diff(long id, params string[] bids) =>
        "{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":" + id.ToString(CultureInfo.InvariantCulture) + ",\"u\":"
        + id.ToString(CultureInfo.InvariantCulture) + ",\"b\":["
        + string.Join(',', bids.Select(bid => $"[\"{bid.Replace("x", "\",\"", System.StringComparison.Ordinal)}\"]"))
        + "],\"a\":[]}";

    [Test]
    public void FinerNumberWidensTheLevelsBeforeItAndTheMessagesAfterIt()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        bench.Intake.Declare(0, 2, 5);
        bench.Feed(Diff(1, "100.5x1.00001"));
        Assert.That(Scales(bench), Is.EqualTo((2, 5)));
        bench.Feed(Diff(2, "100.5x1.5", "100.125x1.00000001"));
        Assert.That(bench.Lane.Ring[1].Bid(0).Price, Is.EqualTo(100_500));
        Assert.That(bench.Lane.Ring[1].Bid(0).Quantity, Is.EqualTo(150_000_000));
        Assert.That(Scales(bench), Is.EqualTo((3, 8)));
        bench.Feed(Diff(3, "100.5x1"));

        Assert.That(Scales(bench), Is.EqualTo((3, 8)));
    }

    [Test]
    public void TrailingZerosAreNotDigitsWhereTheVenuePadsWithThem()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        bench.Feed(Diff(1, "100.50000000x1.00000000"));

        Assert.That(Scales(bench), Is.EqualTo((1, 0)));
    }

    [Test]
    public void TrailingZerosAreDigitsWhereTheVenuePrintsItsPrecision()
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD"]);
        bench.Feed(
            """{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":5,"qty":1},{"price":63005.0,"qty":2.00000000}]}]}""");

        Assert.That(Scales(bench), Is.EqualTo((1, 8)));
    }

    [Test]
    public void SnapshotRestoresTheDeclaredScale()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        bench.Intake.Declare(0, 2, 5);
        bench.Feed(Diff(1, "100.123456789x1"));
        Assert.That(Scales(bench), Is.EqualTo((9, 5)));
        bench.FeedSnapshot("""{"lastUpdateId":5,"bids":[["100.5","1"]],"asks":[]}""");
        Assert.That(Scales(bench), Is.EqualTo((2, 5)));
        bench.Feed(Diff(6, "100.5x1"));

        Assert.That(Scales(bench), Is.EqualTo((2, 5)));
    }

    [Test]
    public void DeclaredScaleIsKeptWithinWhatAnIntegerHolds()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        bench.Intake.Declare(0, -3, 99);
        bench.Feed(Diff(1, "1x1"));

        Assert.That(Scales(bench), Is.EqualTo((0, 18)));
    }

    [TestCase("1x1", "0.0000000000000000001x1", FaultCode.ScaleOverflow)]
    [TestCase("1x1", "1x1e-19", FaultCode.ScaleOverflow)]
    [TestCase("1x1", "9223372036854775808x1", FaultCode.ScaleOverflow)]
    [TestCase("1x1", "9223372036854775807.5x1", FaultCode.ScaleOverflow)]
    [TestCase("100x1", "0.000000000000000001x1", FaultCode.ScaleOverflow)]
    [TestCase("1x100", "1x0.000000000000000001", FaultCode.ScaleOverflow)]
    [TestCase("1x1", "1234567890123456789012345678901234567890x1", FaultCode.MalformedNumber)]
    [TestCase("1x1", "34028236692093846346337460743176821146x1", FaultCode.ScaleOverflow)]
    [TestCase("1.5x1", "34028236692093846346337460743176821146x1", FaultCode.ScaleOverflow)]
    [TestCase("1x1", "NaNx1", FaultCode.MalformedNumber)]
    [TestCase("1x1", "1x-0.5", FaultCode.MalformedNumber)]
    [TestCase("1x1", "0.000x1", FaultCode.MalformedNumber)]
    [TestCase("1x1", "-0x1", FaultCode.MalformedNumber)]
    public void NumberThatCannotBeHeldIsATypedFaultAndNothingIsVisible(string first, string second, FaultCode fault)
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        var outcome = bench.Feed(Diff(1, first, second));

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, 0)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { $"Fault BTCUSDT {fault}" }));
        Assert.That(bench.Lane.IsOpen, Is.False);
    }

    [Test]
    public void OneAbsurdNumberDoesNotOutlastTheNextSnapshot()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        bench.Feed(Diff(1, "0.000000000000000001x1"));
        Assert.That(bench.Feed(Diff(2, "61737.63x1")).Fault, Is.EqualTo(FaultCode.ScaleOverflow));
        bench.FeedSnapshot("""{"lastUpdateId":5,"bids":[["61737.63","1"]],"asks":[]}""");
        Assert.That(bench.Feed(Diff(6, "61737.63x1")).Kind, Is.EqualTo(FrameKind.Depth));

        Assert.That(bench.TakeText()[^1], Is.EqualTo("Update BTCUSDT 6..6 bids 61737.63x1"));
    }

    private static (int Price, int Quantity) Scales(DecoderBench bench)
    {
        ref var last = ref bench.Lane.Ring[bench.Lane.PublishedCount - 1];
        return (last.PriceScale, last.QuantityScale);
    }
}
