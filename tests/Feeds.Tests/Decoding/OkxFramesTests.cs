using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class OkxFramesTests
{
    private const string Argument = """{"channel":"books","instId":"BTC-USDT"}""";

    private const string Rows =
        """{"asks":[["30250.4","0.08","0","1"],["30250.8","0","0","0"]],"bids":[["30248","0.0015029","0","123"]]""";

    private const string Book = Rows
        + ""","ts":"1652459226350","checksum":-1137548519,"seqId":3145000107,"prevSeqId":3145000100}""";

    private const string Read =
        "BTC-USDT 3145000100..3145000107 bids 30248x0.0015029 asks 30250.4x0.08 30250.8x0 at 1652459226350000000"
        + " crc 3157418777";

    [TestCase("""{"arg":""" + Argument + ""","action":"update","data":[""" + Book + "]}", "Update ")]
    [TestCase("""{"arg":""" + Argument + ""","action":"snapshot","data":[""" + Book + "]}", "Snapshot ")]
    [TestCase("""{"arg":""" + Argument + ""","action":"update","data":[""" + Rows + ""","ts":"1652459226350","checksum":-1137548519,"prevSeqId":3145000100,"seqId":3145000107}]}""", "Update ")]
    [TestCase(""" { "data" : [ """ + Book + """ ] , "action" : "update" , "arg" : """ + Argument + " } ", "Update ")]
    [TestCase(
        """{"\u0061ction":"upd\u0061te","data":[{"prevSeqId":"3145000100","seqId":3145000107,"checksum":-1137548519,"ts":1652459226350,"bids":[["3.0248e4","0.00150290"]],"asks":[[30250.40,0.08,"0","x",[]],["30250.8","0"]],"new":{}}],"arg":{"instId":"BTC\u002dUSDT","channel":"books"}}""",
        "Update ")]
    public void BookIsReadHoweverItIsWritten(string frame, string kind)
    {
        using var bench = new DecoderBench("okx", ["BTC-USDT"]);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { kind + Read }));
    }

    [TestCase(""","seqId":7,"prevSeqId":6""", 1, " 6..7", TestName = "as it is printed today")]
    [TestCase(""","prevSeqId":6,"seqId":7""", 1, " 6..7", TestName = "ids the other way round")]
    [TestCase("", 1, "", TestName = "without ids, as in 2022")]
    [TestCase(""","seqId":7,"prevSeqId":6,"more":1""", 0, " 6..7", TestName = "with a field more")]
    public void UsualUpdateTakesTheShortWay(string ids, int usual, string readIds)
    {
        using var bench = new DecoderBench("okx", ["BTC-USDT"]);
        bench.Feed("""{"arg":""" + Argument + ""","action":"update","data":[{"asks":[["2","1","0","4"]],"bids":[],"ts":"0","checksum":5""" + ids + "}]}");

        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(Wire.Text.DigitPair.IsSupported ? usual : 0));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { $"Update BTC-USDT{readIds} asks 2x1 crc 5" }));
    }

    [Test]
    public void ChecksumThatIsZeroCountsAsAbsent()
    {
        using var bench = new DecoderBench("okx", ["BTC-USDT"]);
        bench.Feed(Update("""["2","1","0","1"]""", 0, 8));
        bench.Feed(Update("", 0, 8, 8));

        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Update BTC-USDT 7..8 asks 2x1", "Update BTC-USDT 8..8" }));
    }

    [TestCase("""["2.0","1","0","1"]""")]
    [TestCase("""["2","1.50","0","1"]""")]
    [TestCase("""["02","1","0","1"]""")]
    [TestCase("""["2e0","1","0","1"]""")]
    [TestCase("""["2",1.0,"0","1"]""")]
    public void ChecksumOverAnotherSpellingCannotBeComparedUntilTheNextSnapshot(string row)
    {
        using var bench = new DecoderBench("okx", ["BTC-USDT"]);
        const string Usual = """["2","1","0","1"]""";
        const string Deleted = """["2","0.00","0","1"]""";
        var snapshot = Update(Usual, 5, 6).Replace("update", "snapshot", StringComparison.Ordinal);
        Assert.That(Algorithm(bench, snapshot), Is.EqualTo(ChecksumAlgorithm.CrcOfInterleavedText));
        Assert.That(Algorithm(bench, Update(Deleted, 5, 7)), Is.EqualTo(ChecksumAlgorithm.CrcOfInterleavedText));
        Assert.That(Algorithm(bench, Update(row, 5, 8)), Is.EqualTo(ChecksumAlgorithm.NotComparable));
        Assert.That(Algorithm(bench, Update(Usual, 5, 9)), Is.EqualTo(ChecksumAlgorithm.NotComparable));
        Assert.That(Algorithm(bench, Update(Usual, 0, 10)), Is.EqualTo(ChecksumAlgorithm.None));
        Assert.That(Algorithm(bench, snapshot), Is.EqualTo(ChecksumAlgorithm.CrcOfInterleavedText));
    }

    [TestCase("pong", FrameKind.Heartbeat, -1)]
    [TestCase("""{"event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"a4d3ae55"}""", FrameKind.Acknowledged, 0)]
    [TestCase("""{"id":"1","event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"}}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"event":"unsubscribe","arg":{"channel":"tickers","instId":"BTC-USDT"}}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"event":"error","code":"60018","msg":"Wrong URL or channel:books,instId:ETH-USDT doesn't exist. Please use the correct URL.","connId":"a4d3ae55"}""", FrameKind.Refused, 1)]
    [TestCase("""{"event":"error","code":"60018","msg":"instId:ETH-USDT","connId":"a4d3ae55"}""", FrameKind.Refused, 1)]
    [TestCase("""{"event":"error","code":"60018","msg":"Wrong URL or channel:books,instId:NO-PE doesn't exist."}""", FrameKind.Refused, -1)]
    [TestCase("""{"event":"error","code":"60012","msg":"Illegal request: {\"op\":\"sub\"}","connId":"a4d3ae55"}""", FrameKind.Refused, -1)]
    [TestCase("""{"event":"error","arg":{"channel":"books","instId":"ETH-USDT"},"code":"64003"}""", FrameKind.Refused, 1)]
    [TestCase("""{"event":"channel-conn-count-error","channel":"books","connCount":"31"}""", FrameKind.Refused, -1)]
    [TestCase("""{"event":"channel-conn-count","channel":"books","connCount":"1"}""", FrameKind.Ignored, -1)]
    [TestCase("""{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade."}""", FrameKind.ReconnectRequested, -1)]
    [TestCase("""{"event":"notice","code":"64009","msg":"x"}""", FrameKind.Ignored, -1)]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"last":"1"}]}""", FrameKind.Ignored, -1)]
    [TestCase("""{"arg":{"channel":"books5","instId":"BTC-USDT"},"data":[{"asks":[],"bids":[]}]}""", FrameKind.Ignored, -1)]
    [TestCase("""{"arg":{"channel":"books","instId":"SOL-USDT"},"action":"update","data":"x"}""", FrameKind.Ignored, -1)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[]}""", FrameKind.Ignored, -1)]
    [TestCase("{}", FrameKind.Ignored, -1)]
    public void OtherFramesSayNothingOfLevels(string frame, FrameKind kind, int book)
    {
        using var bench = new DecoderBench("okx", ["BTC-USDT", "ETH-USDT"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, book)));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [Test]
    public void AcknowledgedUnsubscribeTakesTheBookOut()
    {
        using var bench = new DecoderBench("okx", ["BTC-USDT", "ETH-USDT"]);
        var outcome = bench.Feed("""{"event":"unsubscribe","arg":{"channel":"books","instId":"ETH-USDT"},"connId":"x"}""");

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Unsubscribed, 1)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Disconnected ETH-USDT" }));
    }

    [TestCase("ping", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"arg":[""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"data":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"partial","data":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update"}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":{}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[5]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[]}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"seqId":5}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"prevSeqId":5}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"prevSeqId":5,"seqId":-7}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"seqId":null,"prevSeqId":5}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"checksum":1.5}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"checksum":2147483648}]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[["1"]],"bids":[]}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[["1","-1"]],"bids":[]}]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[["0","1","0","1"]],"bids":[],"ts":"1652459226350","checksum":0}]}""", FaultCode.MalformedNumber, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("okx", ["BTC-USDT", "ETH-USDT"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTC-USDT {fault}" }
            : [$"Fault BTC-USDT {fault}", $"Fault ETH-USDT {fault}"]));
    }

    private static string Update(string ask, int checksum, long id, long previousId = 0) =>
        $$"""{"arg":{{Argument}},"action":"update","data":[{"asks":[{{ask}}],"bids":[],"ts":"0","checksum":{{checksum}},"seqId":{{id}},"prevSeqId":{{(previousId == 0 ? id - 1 : previousId)}}}]}""";

    private static ChecksumAlgorithm Algorithm(DecoderBench bench, string frame)
    {
        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth), frame);
        var algorithm = bench.Lane.Ring[bench.Lane.PublishedCount - 1].ChecksumAlgorithm;
        bench.Drop();
        return algorithm;
    }
}
