using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class BinanceFramesTests
{
    private const string Diff = """
        {"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":50,"u":52,"b":[["61737.63000000","0.00000000"],["61730.17","1.5"]],"a":[["61837.64000000","1.54698000"]]}
        """;

    private const string DiffRead =
        "Update BTCUSDT 50..52 bids 61737.63x0 61730.17x1.5 asks 61837.64x1.54698 at 1723161255208000000";

    [TestCase(Diff)]
    [TestCase("""{"stream":"btcusdt@depth@100ms","data":""" + Diff + "}", TestName = "combined")]
    [TestCase("""{"data":""" + Diff + ""","stream":"btcusdt@depth@100ms"}""", TestName = "combined, data first")]
    [TestCase(
        """{"a":[["61837.64","1.54698"]],"b":[["61737.63","0"],["61730.17","1.5"]],"u":52,"U":50,"s":"BTCUSDT","E":1723161255208,"e":"depthUpdate"}""",
        TestName = "levels before the symbol")]
    [TestCase(
        "\t{ \"e\" :\r\n \"depthUpdate\" , \"E\" : 1723161255208 , \"s\" : \"BTCUSDT\" , \"U\" : 50 , \"u\" : 52 , \"b\" : [ [ \"61737.63\" , \"0\" ] , [ \"61730.17\" , \"1.5\" ] ] , \"a\" : [ [ \"61837.64\" , \"1.54698\" ] ] } \n",
        TestName = "white space everywhere")]
    [TestCase(
        """{"\u0065":"depth\u0055pdate","E":1723161255208,"\u0073":"BTC\u0055SDT","U":50,"\u0075":52,"b":[["6173\u0037.63","0"],["61730.17","1.5"]],"a":[["61837.64","1.54698"]]}""",
        TestName = "escapes everywhere")]
    [TestCase(
        """{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":50,"u":52,"b":[[61737.63,0.0],[61730.17,1.5,[],"x"]],"a":[[61837.64,1.54698]],"new":{"b":[["1","1"]]},"t":[1]}""",
        TestName = "bare numbers, further elements and unknown fields")]
    [TestCase(
        """{"e":"depthUpdate","E":1723161255208000,"s":"BTCUSDT","U":50,"u":52,"b":[["61737.63","0"],["61730.17","1.5"]],"a":[["61837.64","1.54698"]]}""",
        TestName = "microseconds")]
    public void DiffIsReadHoweverItIsWritten(string frame)
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        var outcome = bench.Feed(frame);

        Assert.That(outcome.Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(outcome.Book, Is.Zero);
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { DiffRead }));
    }

    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":[],"a":[]}""", "Update BTCUSDT 50..52")]
    [TestCase("""{"e":"depthUpdate","E":-5,"s":"BTCUSDT","U":50,"u":52,"b":[],"a":[]}""", "Update BTCUSDT 50..52")]
    [TestCase("""{"e":"depthUpdate","E":9223372036854775807,"s":"BTCUSDT","U":50,"u":52,"b":[],"a":[]}""", "Update BTCUSDT 50..52")]
    public void EventTimeThatIsMissingOrAbsurdIsLeftOut(string frame, string read)
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        bench.Feed(frame);

        Assert.That(bench.TakeText(), Is.EqualTo(new[] { read }));
    }

    [TestCase(
        """{"u":52,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}""",
        TestName = "raw top")]
    [TestCase(
        """{"stream":"btcusdt@bookTicker","data":{"A":"1.54698","a":"61837.64","B":"3.78826","b":"61837.63","s":"BTCUSDT","u":52}}""",
        TestName = "combined top, other order")]
    public void TopOfBookIsRead(string frame)
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.TopOfBook));
        Assert.That(
            bench.TakeText(),
            Is.EqualTo(new[] { "TopOfBook BTCUSDT 0..52 bids 61837.63x3.78826 asks 61837.64x1.54698" }));
        Assert.That(bench.Decoder.DepthMessages, Is.Zero);
    }

    [TestCase("""{"result":null,"id":1}""", FrameKind.Acknowledged)]
    [TestCase("""{"id":1,"result":["btcusdt@depth"]}""", FrameKind.Acknowledged)]
    [TestCase("""{"code":2,"msg":"Invalid request: unknown variant","id":1}""", FrameKind.Refused)]
    [TestCase("""{"error":{"code":2,"msg":"x"},"id":null}""", FrameKind.Refused)]
    [TestCase("""{"e":"serverShutdown","E":1723161255208}""", FrameKind.ReconnectRequested)]
    [TestCase("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1723161255208}}""", FrameKind.ReconnectRequested)]
    [TestCase("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1,"s":"BTCUSDT","t":1,"p":"1","q":"2","T":1,"m":true,"M":true}}""", FrameKind.Ignored)]
    [TestCase("""{"e":"kline","s":"BTCUSDT","k":{"o":"1","b":[]}}""", FrameKind.Ignored)]
    [TestCase("""{"e":"depthUpdate","E":1,"s":"DOGEUSDT","U":1,"u":2,"b":[["x"]],"a":[]}""", FrameKind.Ignored)]
    [TestCase("""{"u":52,"s":"DOGEUSDT","b":"1","B":"1","a":"2","A":"1"}""", FrameKind.Ignored)]
    [TestCase("""{"lastUpdateId":1,"bids":[],"asks":[]}""", FrameKind.Ignored)]
    [TestCase("{}", FrameKind.Ignored)]
    public void OtherFramesSayNothingOfABook(string frame, FrameKind kind)
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(kind));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [TestCase("", FaultCode.MalformedMessage, -1)]
    [TestCase("[]", FaultCode.MalformedMessage, -1)]
    [TestCase("null", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"result":null,"id":1}x""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"b":[],"a":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":53,"u":52,"b":[],"a":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"e":"depthUpdate","U":50,"u":52,"b":[],"a":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":5.2e1,"b":[],"a":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":99999999999999999999,"b":[],"a":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":{},"a":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":[["1"]],"a":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":[["1",null]],"a":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":["1","2"],"a":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":[["1","x"]],"a":[]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":[["0","1"]],"a":[]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":[["-1","1"]],"a":[]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"e":"depthUpdate","s":"BTCUSDT","U":50,"u":52,"b":[["1","-1"]],"a":[]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"u":52,"s":"BTCUSDT","b":"1","B":"x","a":"2","A":"1"}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"s":"BTCUSDT","b":"1","B":"1","a":"2","A":"1"}""", FaultCode.MalformedMessage, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT", "ETHUSDT"]);
        var outcome = bench.Feed(frame);

        Assert.That(outcome.Kind, Is.EqualTo(FrameKind.Failed));
        Assert.That(outcome.Fault, Is.EqualTo(fault));
        Assert.That(outcome.Book, Is.EqualTo(book));
        Assert.That(bench.Intake.Counters.DecodeErrors, Is.EqualTo(1));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTCUSDT {fault}" }
            : [$"Fault BTCUSDT {fault}", $"Fault ETHUSDT {fault}"]));
    }

    [TestCase("""{"lastUpdateId":50,"bids":[["61837.63000000","3.78826000"]],"asks":[["61837.64","1"]]}""", true)]
    [TestCase("""{ "asks" : [["61837.64","1"]] , "lastUpdateId" : 50 , "bids" : [["61837.63","3.78826",[]]] , "x" : {} }""", true)]
    [TestCase("""{"lastUpdateId":50,"bids":[]}""", false)]
    [TestCase("""{"bids":[],"asks":[]}""", false)]
    [TestCase("""{"lastUpdateId":50,"bids":[],"asks":[]""", false)]
    [TestCase("""{"lastUpdateId":50,"bids":[],"asks":[["1"]]}""", false)]
    [TestCase("""{"code":-1003,"msg":"Too many requests."}""", false)]
    [TestCase("<html>502</html>", false)]
    [TestCase("", false)]
    public void SnapshotIsReadOrRefusedAsAWhole(string body, bool reads)
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"]);
        var outcome = bench.FeedSnapshot(body);

        Assert.That(outcome.Kind, Is.EqualTo(reads ? FrameKind.Depth : FrameKind.Failed));
        Assert.That(bench.TakeText(), reads
            ? Is.EqualTo(new[] { "Snapshot BTCUSDT 0..50 bids 61837.63x3.78826 asks 61837.64x1" })
            : Is.Empty);
        Assert.That(bench.Lane.IsOpen, Is.False);
        Assert.That(bench.Intake.Counters.DecodeErrors, Is.EqualTo(reads ? 0 : 1));
    }
}
