using System;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class BinancePartialFramesTests
{
    private const string Usual =
        """{"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":160,"bids":[["61737.63000000","1.00000000"],["61730.17000000","1.50000000"]],"asks":[["61837.64000000","1.54698000"]]}}""";

    private const string Read =
        "Snapshot BTCUSDT 0..160 bids 61737.63x1 61730.17x1.5 asks 61837.64x1.54698";

    private static DecoderBench Bench(params string[] symbols) =>
        new("binance", symbols, stream: VenueStream.Partial);

    [TestCase(Usual)]
    [TestCase(
        """{ "data" : { "asks" : [["61837.64","1.54698"]] , "bids" : [["61737.63","1"],["61730.17","1.5"]] , "lastUpdateId" : 160 } , "stream" : "btcusdt@depth20" }""",
        TestName = "another order, the slower stream")]
    [TestCase(
        """{"stream":"btc\u0075sdt@depth5@100ms","data":{"lastUpdateId":160,"bids":[["61737.63","1"],["61730.17","1.5"]],"asks":[["61837.64","1.54698"]],"x":[]}}""",
        TestName = "escapes and unknown fields")]
    public void WholeBookIsReadHoweverItIsWritten(string frame)
    {
        using var bench = Bench("BTCUSDT");
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Depth, 0)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { Read }));
    }

    [Test]
    public void BookIsThatOfItsStream()
    {
        using var bench = Bench("ETHUSDT", "BTCUSDT");
        bench.Intake.Declare(1, 2, 5);
        for (var id = 160; id < 164; id++)
        {
            Assert.That(bench.Feed(Numbered(id)).Book, Is.EqualTo(1));
        }

        Assert.That(bench.Decoder.UsualFrames, DigitPair.IsSupported ? Is.EqualTo(4) : Is.Zero);
        Assert.That(
            bench.TakeMessages().Select(static message => message.Last), Is.EqualTo(new[] { 160, 161, 162, 163 }));
    }

    [Test]
    public void BookThatIsNotNewerIsPassedOver()
    {
        using var bench = Bench("BTCUSDT");
        Assert.That(bench.Feed(Numbered(160)).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.Feed(Numbered(160)).Kind, Is.EqualTo(FrameKind.Ignored));
        Assert.That(bench.Feed(Numbered(159)).Kind, Is.EqualTo(FrameKind.Ignored));
        Assert.That(bench.Feed(Spaced(159)).Kind, Is.EqualTo(FrameKind.Ignored));
        Assert.That(bench.Feed(Numbered(161)).Kind, Is.EqualTo(FrameKind.Depth));
        bench.Intake.Announce(EventKind.Connecting, FaultCode.None, 1);
        Assert.That(bench.Feed(Numbered(150)).Kind, Is.EqualTo(FrameKind.Depth), "another connection");
    }

    [Test]
    public void BadBookDoesNotCountAsSeen()
    {
        using var bench = Bench("BTCUSDT");
        bench.Feed(Numbered(160).Replace("1.54698000", "x", StringComparison.Ordinal));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Fault BTCUSDT MalformedNumber" }));
        Assert.That(bench.Feed(Numbered(160)).Kind, Is.EqualTo(FrameKind.Depth));
    }

    [TestCase("""{"stream":"btcusdt@depth20@100ms","data":{"bids":[],"asks":[]}}""", 0)]
    [TestCase("""{"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":0,"bids":[],"asks":[]}}""", 0)]
    [TestCase("""{"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":-1,"bids":[],"asks":[]}}""", 0)]
    [TestCase("""{"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":1,"bids":[]}}""", 0)]
    [TestCase("""{"stream":"btcusdt@depth20@100ms","data":{}}""", 0)]
    [TestCase("""{"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":1,"bids":{},"asks":[]}}""", 0)]
    [TestCase("""{"lastUpdateId":1,"bids":[],"asks":[]}""", -1)]
    [TestCase("""{"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":1.5,"bids":[],"asks":[]}}""", -1)]
    [TestCase("""{"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":1,"bids":[],"asks":[]}""", -1)]
    [TestCase("", -1)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, int book)
    {
        using var bench = Bench("BTCUSDT", "ETHUSDT");
        var outcome = bench.Feed(frame);

        Assert.That(
            (outcome.Kind, outcome.Fault, outcome.Book),
            Is.EqualTo((FrameKind.Failed, FaultCode.MalformedMessage, book)));
    }

    [TestCase("""{"result":null,"id":1}""", FrameKind.Acknowledged)]
    [TestCase("""{"code":2,"msg":"Invalid request: unknown variant","id":1}""", FrameKind.Refused)]
    [TestCase("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1723161255208}}""", FrameKind.ReconnectRequested)]
    [TestCase("""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","s":"BTCUSDT","U":1,"u":2,"b":[],"a":[]}}""", FrameKind.Ignored)]
    [TestCase("""{"stream":"dogeusdt@depth20@100ms","data":{"lastUpdateId":1,"bids":[],"asks":[]}}""", FrameKind.Ignored)]
    [TestCase("""{"stream":"btcusdt@bookTicker","data":{"u":52,"s":"BTCUSDT","b":"1","B":"1","a":"2","A":"1"}}""", FrameKind.Ignored)]
    [TestCase("{}", FrameKind.Ignored)]
    public void OtherFramesSayNothingOfABook(string frame, FrameKind kind)
    {
        using var bench = Bench("BTCUSDT");

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(kind));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [Test]
    public void NothingIsAllocated()
    {
        using var bench = Bench("BTCUSDT");
        bench.Intake.Declare(0, 2, 5);
        byte[][] frames = [.. Enumerable.Range(1, 400).Select(static id =>
            Encoding.ASCII.GetBytes(id % 2 == 0 ? Numbered(id) : Spaced(id)))];
        var later = frames[200..];
        Feed(bench, frames[..200]);
        using (NoAllocation.Begin())
        {
            Feed(bench, later);
        }
    }

    private static void Feed(DecoderBench bench, byte[][] frames)
    {
        foreach (var frame in frames)
        {
            bench.Feed(frame);
            bench.Drop();
        }
    }

    private static string Spaced(int id) => Numbered(id).Replace(":", ": ", StringComparison.Ordinal);

    private static string Numbered(int id) => Usual.Replace("160", $"{id}", StringComparison.Ordinal);
}
