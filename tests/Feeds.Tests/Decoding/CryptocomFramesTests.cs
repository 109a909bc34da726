using System;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues.Cryptocom;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class CryptocomFramesTests
{
    private const string Rows =
        """{"asks":[["2750.20","0","0"],["2753.11","0.2616","1"]],"bids":[["2748.12","0","0"],["2748.10","5.4582","12"]]}""";

    private const string Tail =
        ""","t":1790114273659,"tt":1790114273655,"u":375554807336512,"pu":375554807297984,"cs":-1522984915}]}}""";

    private const string Documented =
        """{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"ETH_USD","subscription":"book.ETH_USD.50","channel":"book.update","depth":50,"data":[{"update":"""
        + Rows + Tail;

    private const string Before =
        """{"id":-1,"code":0,"method":"subscribe","result":{"channel":"book.update","subscription":"book.ETH_USD.50","instrument_name":"ETH_USD","depth":50,"data":[{"update":"""
        + Rows + Tail;

    private const string Levels = "bids 2748.12x0 2748.1x5.4582 asks 2750.2x0 2753.11x0.2616";

    private const string Read =
        "Update ETH_USD 375554807297984..375554807336512 " + Levels + " at 1790114273659000000";

    [TestCase(Documented, true)]
    [TestCase(Before, true)]
    [TestCase(
        """{ "result" : { "data" : [ { "pu" : "375554807297984" , "u" : 375554807336512 , "update" : { "bids" : [[2748.12,0],["2748.100","5.4582"]] , "asks" : [["2750.20","0"],["2753.11","0.2616","1",5]] } , "t" : 1790114273659 } ] , "instrument_name" : "ETH\u005fUSD" , "channel" : "book.upd\u0061te" } }""",
        false)]
    public void UpdateIsReadHoweverItIsWritten(string frame, bool isUsual)
    {
        using var bench = Bench();

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { Read }));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(isUsual && DigitPair.IsSupported ? 1 : 0));
    }

    [TestCase(Documented)]
    [TestCase(Before)]
    public void EveryCutOfAUsualUpdateIsAFault(string frame)
    {
        for (var cut = 0; cut < frame.Length; cut++)
        {
            using var bench = Bench();
            Assert.That(bench.Feed(frame[..cut]).Kind, Is.EqualTo(FrameKind.Failed), frame[..cut]);
            Assert.That(bench.TakeMessages(), Is.Empty);
            Assert.That(bench.Lane.IsOpen, Is.False);
        }
    }

    [Test]
    public void SnapshotHasItsSidesInTheElementAndNoIdBefore()
    {
        using var bench = Bench();
        bench.Feed(
            """{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"ETH_USD","subscription":"book.ETH_USD.50","channel":"book","depth":50,"data":[{"asks":[["2749.62","0.2008","2"]],"bids":[["2749.61","0.0786","2"]],"t":1790114273395,"tt":1790114273346,"u":375554806244928,"cs":-1183713967}]}}""");

        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Snapshot ETH_USD 0..375554806244928 bids 2749.61x0.0786 asks 2749.62x0.2008 at 1790114273395000000",
        }));
    }

    [Test]
    public void FramesOfBeforeHaveNumbersAndNoIds()
    {
        using var bench = Bench();
        bench.Feed(
            """{"code":0,"method":"subscribe","result":{"instrument_name":"ETH_USD","subscription":"book.ETH_USD.150","channel":"book.update","depth":150,"data":[{"update":{"bids":[[8.6143,4.694,1],[8.6135,0,0]],"asks":[[8.6427,696.434,2]]},"t":1659312000046,"s":763793123}]}}""");

        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Update ETH_USD bids 8.6143x4.694 8.6135x0 asks 8.6427x696.434 at 1659312000046000000",
        }));
    }

    [Test]
    public void HeartbeatIsAnsweredWithItsId()
    {
        var heartbeat = """{"id":1790114291578,"method":"public/heartbeat","code":0}""";
        using var bench = Bench();
        Span<byte> answer = stackalloc byte[256];
        var length = CryptocomDialect.WriteAnswer(Encoding.ASCII.GetBytes(heartbeat), answer);

        Assert.That(bench.Feed(heartbeat).Kind, Is.EqualTo(FrameKind.AnswerWanted));
        Assert.That(bench.Intake.Counters.Heartbeats, Is.EqualTo(1));
        Assert.That(
            Encoding.ASCII.GetString(answer[..length]),
            Is.EqualTo("""{"id":1790114291578,"method":"public/respond-heartbeat"}"""));
        Assert.That(CryptocomDialect.WriteAnswer(Encoding.ASCII.GetBytes(Documented), answer), Is.Zero);
    }

    [TestCase("""{"id":1,"method":"subscribe","code":0,"channel":"book.ETH_USD.50"}""", FrameKind.Acknowledged, 0)]
    [TestCase("""{"id":1,"method":"subscribe","code":0}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"id":22,"method":"unsubscribe","code":0}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"id":1,"method":"subscribe","code":40003,"channel":"book.ETH_USD.20","message":"Invalid depth"}""", FrameKind.Refused, 0)]
    [TestCase("""{"id":1,"method":"subscribe","code":40003,"channel":"book.NO_PE.50","message":"Unknown symbol"}""", FrameKind.Refused, -1)]
    [TestCase("""{"id":9,"method":"subscribe","code":40107,"message":"Maximum subscriptions exceeded"}""", FrameKind.Refused, -1)]
    [TestCase("""{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"ETH_USD","channel":"trade","data":[]}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"SOL_USD","channel":"book","data":5}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"ETH_USD","channel":"book","data":[]}}""", FrameKind.Ignored, -1)]
    [TestCase("{}", FrameKind.Ignored, -1)]
    public void OtherFramesSayNothingOfLevels(string frame, FrameKind kind, int book)
    {
        using var bench = Bench();
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, book)));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [TestCase("[]", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"code":1.5}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"id":1}x""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"result":{"instrument_name":"ETH_USD","channel":"book"}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"result":{"instrument_name":"ETH_USD","channel":"book","data":{}}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"result":{"instrument_name":"ETH_USD","channel":"book","data":[5]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"result":{"instrument_name":"ETH_USD","channel":"book","data":[{"asks":[]}]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"result":{"instrument_name":"ETH_USD","channel":"book.update","data":[{"update":{"asks":[],"bids":[]},"u":5}]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"result":{"instrument_name":"ETH_USD","channel":"book.update","data":[{"update":{"asks":[["1"]],"bids":[]},"u":5,"pu":4}]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"result":{"instrument_name":"ETH_USD","channel":"book.update","data":[{"update":{"asks":[["x","1"]],"bids":[]},"u":5,"pu":4}]}}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"result":{"instrument_name":"ETH_USD","channel":"book","data":[{"asks":[["1","-1"]],"bids":[]}]}}""", FaultCode.MalformedNumber, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("cryptocom", ["ETH_USD", "BTC_USD"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault ETH_USD {fault}" }
            : [$"Fault ETH_USD {fault}", $"Fault BTC_USD {fault}"]));
    }

    private static readonly string[] Numbers =
    [
        "1", "0", "10", "2750.20", "9999999999999999", "12345678901234567", "0.1", "0.00000001", "123.45678901", "1.",
        ".5", ".", "", "00", "007", "-1", "+1", "1e3", "1.2.3", "0.0", "0.00000000", "12345678.12345678", "x",
    ];

    [Test]
    public void RowsOfEverySpellingGiveTheSameByBothWays()
    {
        foreach (var row in Numbers.SelectMany(price => Numbers.Select(size => $"[\"{price}\",\"{size}\",\"1\"]")))
        {
            Compare($"{row},[\"7\",\"8\",\"123\"]");
            Compare($"[\"7\",\"8\",\"1\"],{row}");
        }

        string[] tails =
        [
            ",\"12\"", ",\"\"", ",\"x\"", ",1", "", ",\"1\",\"2\"", ", \"1\"", ",\"1\" ", ",\"1234567890123456\"",
        ];
        foreach (var tail in tails)
        {
            Compare($"[\"7\",\"8\"{tail}],[\"9\",\"8\",\"1\"]");
            Compare($"[\"9\",\"8\",\"1\"],[\"7\",\"8\"{tail}]");
        }
    }

    private static void Compare(string rows)
    {
        using var near = Bench();
        using var far = Bench();
        var frame = Documented.Replace(Rows, $$"""{"asks":[{{rows}}],"bids":[]}""", StringComparison.Ordinal);
        var found = near.Feed(frame);
        var expected = far.Feed(" " + frame);
        Assert.That(far.Decoder.UsualFrames, Is.Zero);
        Assert.That(
            (found.Kind, found.Fault, found.Book), Is.EqualTo((expected.Kind, expected.Fault, expected.Book)), frame);
        Assert.That(near.TakeText(), Is.EqualTo(far.TakeText()), frame);
    }

    private static DecoderBench Bench()
    {
        var bench = new DecoderBench("cryptocom", ["ETH_USD"]);
        bench.Intake.Declare(0, 2, 8);
        return bench;
    }
}
