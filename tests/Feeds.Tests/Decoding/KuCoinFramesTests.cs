using System;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class KuCoinFramesTests
{
    private const string Documented =
        """{"topic":"/market/level2:BTC-USDT","type":"message","subject":"trade.l2update","data":{"changes":{"asks":[["67993.3","1.21427407","14701689782"],["0","0","14701689783"]],"bids":[["67990","0","14701689781"],["67989.5","5","14701689784"]]},"sequenceEnd":14701689784,"sequenceStart":14701689781,"symbol":"BTC-USDT","time":1729816425625}}""";

    private const string Recorded =
        """{"data":{"sequenceStart":14701689781,"symbol":"BTC-USDT","changes":{"asks":[["67993.3","1.21427407","14701689782"],["0","0","14701689783"]],"bids":[["67990","0","14701689781"],["67989.5","5","14701689784"]]},"sequenceEnd":14701689784},"subject":"trade.l2update","topic":"/market/level2:BTC-USDT","type":"message"}""";

    private const string Read =
        "Update BTC-USDT 14701689781..14701689784 bids 67990x0 67989.5x5 asks 67993.3x1.21427407";

    private const string Time = " at 1729816425625000000";

    [TestCase(Documented, Read + Time, true)]
    [TestCase(Recorded, Read, true)]
    [TestCase(
        """{ "type" : "m\u0065ssage" , "topic" : "/market/level2:BTC\u002dUSDT" , "data" : { "time" : 1729816425625 , "sequenceEnd" : "14701689784" , "new" : {"bids":[["1","1"]]} , "changes" : { "bids" : [["67990","0"],[67989.5,5.0,1,[]]] , "asks" : [["67993.30","1.21427407","x"],["0.00","z"]] } , "sequenceStart" : 14701689781 } }""",
        Read + Time,
        false)]
    public void UpdateIsReadHoweverItIsWritten(string frame, string read, bool isUsual)
    {
        using var bench = new DecoderBench("kucoin", ["BTC-USDT"]);
        bench.Intake.Declare(0, 1, 8);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { read }));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(isUsual && DigitPair.IsSupported ? 1 : 0));
        Assert.That(bench.Decoder.GeneralFrames, Is.EqualTo(isUsual && DigitPair.IsSupported ? 0 : 1));
    }

    [TestCase(Documented)]
    [TestCase(Recorded)]
    public void EveryCutOfAUsualUpdateIsAFaultAndEveryOtherSpellingTheSameUpdate(string frame)
    {
        for (var cut = 0; cut < frame.Length; cut++)
        {
            using var bench = new DecoderBench("kucoin", ["BTC-USDT"]);
            Assert.That(bench.Feed(frame[..cut]).Kind, Is.EqualTo(FrameKind.Failed), frame[..cut]);
            Assert.That(bench.TakeMessages(), Is.Empty);
            Assert.That(bench.Lane.IsOpen, Is.False);
            if (cut == 0 || !IsBetweenTokens(frame, cut))
            {
                continue;
            }

            var spaced = frame.Insert(cut, " ");
            Assert.That(bench.Feed(spaced).Kind, Is.EqualTo(FrameKind.Depth), spaced);
            Assert.That(bench.TakeText()[^1], Does.StartWith(Read), spaced);
        }
    }

    [Test]
    public void LevelsOfOneMessageMayTakeSeveralSlots()
    {
        var rows = string.Join(
            ',',
            Enumerable.Range(1, 200)
                .Select(row => $"[\"{row}\",\"{(row % 5 == 0 ? "0" : $"{row}.{row}5")}\",\"{row}\"]"));
        using var bench = new DecoderBench("kucoin", ["BTC-USDT"]);
        bench.Intake.Declare(0, 1, 8);
        bench.Feed(
            "{\"topic\":\"/market/level2:BTC-USDT\",\"type\":\"message\",\"subject\":\"trade.l2update\",\"data\":{\"changes\":{\"asks\":["
            + rows
            + "],\"bids\":[]},\"sequenceEnd\":200,\"sequenceStart\":1,"
            + "\"symbol\":\"BTC-USDT\",\"time\":1729816425625}}");

        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(DigitPair.IsSupported ? 1 : 0));
        var asks = bench.TakeMessages().Single().Asks;
        Assert.That(
            asks.Select(level => level.Price), Is.EqualTo(Enumerable.Range(1, 200).Select(row => (decimal)row)));
        Assert.That(asks[6].Quantity, Is.EqualTo(7.75m));
    }

    [TestCase("""{"id":"hQvf8jkno","type":"welcome"}""", FrameKind.Welcome, -1)]
    [TestCase("""{"id":"1545910660739","type":"ack"}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"id":"1545910590801","type":"pong"}""", FrameKind.Heartbeat, -1)]
    [TestCase("""{"id":"1","type":"error","code":404,"data":"topic x is not found"}""", FrameKind.Refused, -1)]
    [TestCase("""{"id":"BTC-USDT","type":"error","code":509,"data":"exceed max"}""", FrameKind.Refused, 0)]
    [TestCase("""{"id":5,"type":"error","code":400,"data":{}}""", FrameKind.Refused, -1)]
    [TestCase("""{"type":"message","topic":"/market/match:BTC-USDT","data":{"sequence":"x"}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"type":"message","topic":"/market/level2:DOGE-USDT","data":{"changes":5}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"type":"message","topic":"/market/candles:BTC-USDT_1min","data":{}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"type":"message","data":{}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"type":"notice"}""", FrameKind.Ignored, -1)]
    [TestCase("{}", FrameKind.Ignored, -1)]
    [TestCase(
        """{"type":"message","topic":"/market/ticker:BTC-USDT","data":{"sequence":"9","bestBid":null,"bestBidSize":null,"bestAsk":"2","bestAskSize":"1"}}""",
        FrameKind.Ignored,
        0)]
    public void OtherFramesSayNothingOfABook(string frame, FrameKind kind, int book)
    {
        using var bench = new DecoderBench("kucoin", ["BTC-USDT"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, book)));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [Test]
    public void TickerStatesTheTopAtASequence()
    {
        using var bench = new DecoderBench("kucoin", ["BTC-USDT"]);
        var outcome = bench.Feed(
            """{"data":{"sequence":"1612844051653","bestAsk":"0.00028717","size":"0.01745248","bestBidSize":"3.70422021","price":"0.00028676","time":1619378326323,"bestAskSize":"14.04274325","bestBid":"0.00028678"},"subject":"trade.ticker","topic":"/market/ticker:BTC-USDT","type":"message"}""");

        Assert.That(outcome.Kind, Is.EqualTo(FrameKind.TopOfBook));
        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "TopOfBook BTC-USDT 0..1612844051653 bids 0.00028678x3.70422021 asks 0.00028717x14.04274325",
        }));
    }

    [TestCase("""[]""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"type":"welcome"}x""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT"}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT","data":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT","data":{"sequenceStart":1,"sequenceEnd":2}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT","data":{"sequenceStart":2,"sequenceEnd":1,"changes":{"asks":[],"bids":[]}}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT","data":{"sequenceEnd":1,"changes":{"asks":[],"bids":[]}}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT","data":{"sequenceStart":1,"sequenceEnd":1,"changes":{"asks":[]}}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT","data":{"sequenceStart":1,"sequenceEnd":1,"changes":{"asks":[["1"]],"bids":[]}}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT","data":{"sequenceStart":1,"sequenceEnd":1,"changes":{"asks":[["-1","1"]],"bids":[]}}}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"type":"message","topic":"/market/level2:BTC-USDT","data":{"sequenceStart":1,"sequenceEnd":1,"changes":{"asks":[["1","1e99"]],"bids":[]}}}""", FaultCode.ScaleOverflow, 0)]
    [TestCase("""{"type":"message","topic":"/market/ticker:BTC-USDT","data":{"bestBid":"1","bestBidSize":"1","bestAsk":"2","bestAskSize":"1"}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"message","topic":"/market/ticker:BTC-USDT","data":{"sequence":"9","bestBid":"x","bestBidSize":"1","bestAsk":"2","bestAskSize":"1"}}""", FaultCode.MalformedNumber, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("kucoin", ["BTC-USDT", "ETH-USDT"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTC-USDT {fault}" }
            : [$"Fault BTC-USDT {fault}", $"Fault ETH-USDT {fault}"]));
    }

    [TestCase("""{"code":"200000","data":{"time":1619378326628,"sequence":"1613277183892","bids":[["242.649","5"]],"asks":[["243","0.1"]]}}""", true)]
    [TestCase("""{"data":{"asks":[["243","0.1"]],"bids":[[242.649,5,"x"]],"sequence":1613277183892,"time":1619378326628},"code":"200000"}""", true)]
    [TestCase("""{"code":"429000","msg":"Too many requests"}""", false)]
    [TestCase("""{"code":"200000","data":null}""", false)]
    [TestCase("""{"code":"200000","data":{"sequence":"5","bids":[]}}""", false)]
    [TestCase("""{"code":"200000","data":{"bids":[],"asks":[]}}""", false)]
    [TestCase("""{"code":"200000","data":{"sequence":"5","bids":[["0","1"]],"asks":[]}}""", false)]
    [TestCase("<html>", false)]
    public void SnapshotIsReadOrRefusedAsAWhole(string body, bool reads)
    {
        using var bench = new DecoderBench("kucoin", ["BTC-USDT"]);

        Assert.That(bench.FeedSnapshot(body).Kind, Is.EqualTo(reads ? FrameKind.Depth : FrameKind.Failed));
        Assert.That(bench.TakeText(), reads
            ? Is.EqualTo(new[]
            {
                "Snapshot BTC-USDT 0..1613277183892 bids 242.649x5 asks 243x0.1 at 1619378326628000000",
            })
            : Is.Empty);
        Assert.That(bench.Lane.IsOpen, Is.False);
    }

    [Test]
    public void AdmissionNamesAddressTokenAndInterval()
    {
        VenueRegistry.TryFind("kucoin", out var venue);
        var body = """{"code":"200000","data":{"token":"2neAi+/==","instanceServers":[{"endpoint":"wss://ws-api-spot.kucoin.com/","encrypt":true,"protocol":"websocket","pingInterval":18000,"pingTimeout":10000}]}}""";
        var first = venue.ReadAdmission(Encoding.UTF8.GetBytes(body));
        var second = venue.ReadAdmission(Encoding.UTF8.GetBytes(body));

        Assert.That(first.KeepAliveEvery, Is.EqualTo(TimeSpan.FromSeconds(18)));
        Assert.That(first.Socket.GetLeftPart(UriPartial.Path), Is.EqualTo("wss://ws-api-spot.kucoin.com/"));
        Assert.That(first.Socket.Query, Does.Match(@"^\?token=2neAi%2B%2F%3D%3D&connectId=[0-9a-f]{32}$"));
        Assert.That(second.Socket, Is.Not.EqualTo(first.Socket), "an id for each connection");
        Assert.That(venue.KeepAlive(1_545_910_590_801), Is.EqualTo("""{"id":"1545910590801","type":"ping"}"""));
    }

    [TestCase("<html>", "is not JSON")]
    [TestCase("""{"code":"429000","msg":"Too many requests"}""", "'data'")]
    [TestCase("""{"data":{"token":5,"instanceServers":[]}}""", "'token'")]
    [TestCase("""{"data":{"token":"x","instanceServers":[]}}""", "names no server")]
    [TestCase("""{"data":{"token":"x","instanceServers":[{"endpoint":"http://x","pingInterval":1}]}}""", "'http://x'")]
    [TestCase("""{"data":{"token":"x","instanceServers":[{"endpoint":"wss://x","pingInterval":0}]}}""", "pingInterval")]
    [TestCase("""{"data":{"token":"x","instanceServers":[{"endpoint":"wss://x","pingInterval":"1"}]}}""", "pingInterval")]
    public void BadAdmissionIsAFormatException(string body, string message)
    {
        VenueRegistry.TryFind("kucoin", out var venue);

        Assert.That(
            () => venue.ReadAdmission(Encoding.UTF8.GetBytes(body)),
            Throws.TypeOf<FormatException>().With.Message.Contains(message));
    }

    /// <summary>True behind a comma, colon or bracket that is not inside of a text.</summary>
    private static bool IsBetweenTokens(string frame, int at) =>
        frame[..at].Count(letter => letter == '"') % 2 == 0
        && ",:[]{}".Contains(frame[at - 1], StringComparison.Ordinal);
}
