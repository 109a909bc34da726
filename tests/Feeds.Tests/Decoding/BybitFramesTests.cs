using System.IO;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class BybitFramesTests
{
    private const string Head = "{\"topic\":\"orderbook.50.BTCUSDT\"";

    private const string Book =
        """{"s":"BTCUSDT","b":[["30247.20","30.028"],["30245","0"]],"a":[["30248.7","0.000010"]],"u":177400507,"seq":66544703342}""";

    private const string Tail = ",\"cts\":1687940967464}";

    private const string Read =
        "BTCUSDT 177400507..177400507 bids 30247.2x30.028 30245x0 asks 30248.7x0.00001 at 1687940967464000000";

    [TestCase(Head + ""","ts":1687940967466,"type":"delta","data":""" + Book + Tail, 1, "Update ")]
    [TestCase(Head + ""","type":"delta","ts":1687940967466,"data":""" + Book + Tail, 1, "Update ")]
    [TestCase(Head + ""","type":"delta","ts":1687940967464,"data":""" + Book + "}", 1, "Update ")]
    [TestCase(Head + ""","type":"snapshot","ts":1687940967466,"data":""" + Book + Tail, 0, "Snapshot ")]
    [TestCase("""{ "data" : """ + Book + """ , "cts":1687940967464,"ts":1,"type" : "delta" , "topic" : "orderbook.50.BTCUSDT" } """, 0, "Update ")]
    [TestCase(
        """{"topic":"order\u0062ook.1.BTCUSDT","ts":"1687940967464","type":"d\u0065lta","data":{"seq":1,"u":"177400507","a":[[30248.7,1e-5]],"b":[["30247.2","30.0280","x"],[30245,0]],"\u0073":"BTC\u0055SDT","new":[]}}""",
        0, "Update ")]
    public void BookIsReadHoweverItIsWritten(string frame, int usual, string kind)
    {
        using var bench = new DecoderBench("bybit", ["BTCUSDT"]);
        bench.Intake.Declare(0, 2, 6);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { kind + Read }));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(Wire.Text.DigitPair.IsSupported ? usual : 0));
    }

    [Test]
    public void FirstOfACountIsAWholeBookWhateverItIsCalled([Values("delta", "snapshot")] string type)
    {
        using var bench = new DecoderBench("bybit", ["BTCUSDT"]);
        bench.Feed(Head + $$$""","ts":5,"type":"{{{type}}}","data":{"s":"BTCUSDT","b":[["1","2"]],"a":[],"u":1,"seq":9}}""");

        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Snapshot BTCUSDT 1..1 bids 1x2 at 5000000" }));
    }

    [TestCase("""{"success":true,"ret_msg":"pong","conn_id":"2324d924","op":"ping"}""", FrameKind.Heartbeat, -1)]
    [TestCase("""{"req_id":"x","op":"pong","args":["1675418560633"],"conn_id":"2324d924"}""", FrameKind.Heartbeat, -1)]
    [TestCase("""{"success":true,"ret_msg":"subscribe","conn_id":"2324d924","req_id":"ETHUSDT","op":"subscribe"}""", FrameKind.Acknowledged, 1)]
    [TestCase("""{"success":true,"ret_msg":"","conn_id":"2324d924","op":"subscribe"}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"success":true,"ret_msg":"","conn_id":"2324d924","req_id":"NOPE","op":"unsubscribe"}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"success":false,"ret_msg":"error:handler not found,topic:orderbook.50.ETHUSDT","conn_id":"2324d924","op":"subscribe"}""", FrameKind.Refused, 1)]
    [TestCase("""{"success":false,"ret_msg":"x","conn_id":"2324d924","req_id":"ETHUSDT","op":"subscribe"}""", FrameKind.Refused, 1)]
    [TestCase("""{"success":false,"ret_msg":"args size >10","conn_id":"2324d924","op":"subscribe"}""", FrameKind.Refused, -1)]
    [TestCase("""{"success":false,"ret_msg":"no","op":"ping"}""", FrameKind.Refused, -1)]
    [TestCase("""{"op":"subscribe"}""", FrameKind.Refused, -1)]
    [TestCase("""{"topic":"publicTrade.BTCUSDT","ts":1,"type":"snapshot","data":[{"s":"BTCUSDT"}]}""", FrameKind.Ignored, -1)]
    [TestCase("""{"topic":"orderbook.50.SOLUSDT","ts":1,"type":"delta","data":{"s":"SOLUSDT","b":"x"}}""", FrameKind.Ignored, -1)]
    [TestCase("{}", FrameKind.Ignored, -1)]
    public void OtherFramesSayNothingOfLevels(string frame, FrameKind kind, int book)
    {
        using var bench = new DecoderBench("bybit", ["BTCUSDT", "ETHUSDT"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, book)));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [Test]
    public void AcknowledgedUnsubscribeTakesTheBookOut()
    {
        using var bench = new DecoderBench("bybit", ["BTCUSDT", "ETHUSDT"]);
        var outcome = bench.Feed("""{"success":true,"ret_msg":"unsubscribe","conn_id":"x","req_id":"ETHUSDT","op":"unsubscribe"}""");

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Unsubscribed, 1)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Disconnected ETHUSDT" }));
    }

    [TestCase(Head + ""","ts":1,"type":"delta"}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + ""","ts":1,"type":"partial","data":{}}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + ""","ts":"soon","type":"delta","data":{}}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"b":[],"a":[],"u":5}}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"s":5,"b":[],"a":[],"u":5}}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"s":"BTCUSDT","b":[],"a":[],"u":5.5}}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"success":"yes","op":"subscribe"}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"s":"BTCUSDT","b":[],"a":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"s":"BTCUSDT","b":[],"a":[],"u":0}}""", FaultCode.MalformedMessage, 0)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"s":"BTCUSDT","a":[],"u":5}}""", FaultCode.MalformedMessage, 0)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"s":"BTCUSDT","b":[["1"]],"a":[],"u":5}}""", FaultCode.MalformedMessage, 0)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"s":"BTCUSDT","b":[["x","1"]],"a":[],"u":5}}""", FaultCode.MalformedNumber, 0)]
    [TestCase(Head + ""","ts":1,"type":"delta","data":{"s":"BTCUSDT","b":[["0.0","1"]],"a":[],"u":5,"seq":1}}""", FaultCode.MalformedNumber, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("bybit", ["BTCUSDT", "ETHUSDT"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTCUSDT {fault}" }
            : [$"Fault BTCUSDT {fault}", $"Fault ETHUSDT {fault}"]));
    }

    [Test]
    [Category(Categories.Captures)]
    public void FramesOfAnotherGenerationAreOfNoInterest([Values("bybit", "okx")] string venue)
    {
        using var bench = new DecoderBench(venue, ["BTCUSDT", "BTC-USDT", "BITBTC"]);
        var frames = 0;
        var file = CaptureFolder.File($"{venue}/tardis-node_mappers_{venue}.ndjson");
        foreach (var line in File.ReadLines(file))
        {
            Assert.That(bench.Feed(line).Kind, Is.EqualTo(FrameKind.Ignored), line);
            frames++;
        }

        Assert.That(frames, Is.GreaterThanOrEqualTo(5));
        Assert.That(bench.TakeText(), Is.Empty);
    }
}
