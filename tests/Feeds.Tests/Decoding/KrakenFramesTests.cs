using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class KrakenFramesTests
{
    private const string Book =
        """{"symbol":"BTC/USD","bids":[{"price":63005.0,"qty":2.08665551}],"asks":[{"qty":0.00005100,"price":63005.1}],"checksum":2532652056,"timestamp":"2026-08-01T02:53:53.646219Z"}""";

    private const string Read =
        "BTC/USD bids 63005x2.08665551 asks 63005.1x0.000051 at 1785552833646219000 crc 2532652056";

    [TestCase("""{"channel":"book","type":"update","data":[""" + Book + "]}", "Update ")]
    [TestCase("""{"channel":"book","type":"snapshot","data":[""" + Book + "]}", "Snapshot ")]
    [TestCase(""" { "data" : [ """ + Book + """ ] , "type" : "update" , "channel" : "book" } """, "Update ")]
    [TestCase(
        """{"ch\u0061nnel":"b\u006fok","type":"update","data":[{"timestamp":"2026-08-01T02:53:53.646219Z","checksum":2532652056,"asks":[{"price":63005.1,"qty":0.00005100,"x":[1]}],"bids":[{"price":63005.0,"qty":2.08665551}],"symbol":"BTC\/USD","new":{}}]}""",
        "Update ")]
    public void BookIsReadHoweverItIsWritten(string frame, string kind)
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD"]);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { kind + Read }));
    }

    [Test]
    public void SeveralBooksInAFrameAreReadInOrder()
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD", "ETH/USD"]);
        var outcome = bench.Feed(
            """{"channel":"book","type":"update","data":[{"symbol":"ETH/USD","bids":[{"price":3000.5,"qty":1}],"asks":[]},{"symbol":"SOL/USD","bids":[{"price":1,"qty":1}]},""" + Book + "]}");

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Depth, 0)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Update ETH/USD bids 3000.5x1", "Update " + Read }));
        Assert.That(bench.Intake.Counters.DepthMessages, Is.EqualTo(2));
    }

    [Test]
    public void BookBehindABadOneIsLostAndTheOneBeforeItStands()
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD", "ETH/USD"]);
        var outcome = bench.Feed(
            """{"channel":"book","type":"update","data":[""" + Book + ""","""
            + """{"symbol":"ETH/USD","bids":[{"price":-1,"qty":1}]}]}""");

        Assert.That(
            (outcome.Kind, outcome.Fault, outcome.Book),
            Is.EqualTo((FrameKind.Failed, FaultCode.MalformedNumber, 1)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Update " + Read, "Fault ETH/USD MalformedNumber" }));
    }

    [TestCase(
        """{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[],"asks":[{"price":1.5,"qty":2}],"checksum":7}]}""",
        "Snapshot BTC/USD asks 1.5x2 crc 7", TestName = "no timestamp")]
    [TestCase(
        """{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","asks":[{"price":1.5,"qty":2}],"timestamp":"yesterday"}]}""",
        "Update BTC/USD asks 1.5x2", TestName = "no bids, no checksum, no time")]
    [TestCase(
        """{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","timestamp":null,"bids":[{"price":5e-8,"qty":1e2}]}]}""",
        "Update BTC/USD bids 0.00000005x100", TestName = "exponents")]
    public void OptionalFieldsMayBeMissing(string frame, string read)
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD"]);
        bench.Feed(frame);

        Assert.That(bench.TakeText(), Is.EqualTo(new[] { read }));
    }

    [TestCase("""{"channel":"heartbeat"}""", FrameKind.Heartbeat, -1)]
    [TestCase("""{"method":"pong","req_id":1,"time_in":"x"}""", FrameKind.Heartbeat, -1)]
    [TestCase("""{"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online","connection_id":7204881492680171915}]}""", FrameKind.Ignored, -1)]
    [TestCase("""{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","price":1}]}""", FrameKind.Ignored, -1)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"DOGE/USD","bids":"x"}]}""", FrameKind.Ignored, -1)]
    [TestCase("""{"channel":"book","type":"update","data":[]}""", FrameKind.Ignored, -1)]
    [TestCase("""{"method":"subscribe","result":{"channel":"book","depth":10,"snapshot":true,"symbol":"BTC/USD","warnings":["x"]},"success":true,"req_id":1}""", FrameKind.Acknowledged, 0)]
    [TestCase("""{"success":true,"result":{"symbol":"BTC/USD","channel":"trade"},"method":"unsubscribe"}""", FrameKind.Acknowledged, 0)]
    [TestCase("""{"error":"Subscription depth not supported","method":"subscribe","success":false,"symbol":"BTC/USD"}""", FrameKind.Refused, 0)]
    [TestCase("""{"error":"Exceeded msg rate","method":"subscribe","success":false}""", FrameKind.Refused, -1)]
    [TestCase("{}", FrameKind.Ignored, -1)]
    public void OtherFramesSayNothingOfLevels(string frame, FrameKind kind, int book)
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, book)));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [Test]
    public void AcknowledgedUnsubscribeTakesTheBookOut()
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD", "ETH/USD"]);
        var outcome = bench.Feed(
            """{"method":"unsubscribe","result":{"channel":"book","depth":10,"symbol":"ETH/USD"},"success":true}""");

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Unsubscribed, 1)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Disconnected ETH/USD" }));
    }

    [TestCase("""{"channel":"book","type":"update"}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"book","type":"delta","data":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"book","data":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"book","type":"update","data":{}}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"book","type":"update","data":[5]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"book","type":"update","data":[{"bids":[]}]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":null}]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","checksum":1.5}]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"method":"subscribe","success":"yes"}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","checksum":-1}]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","checksum":4294967296}]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":null}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[[1,2]]}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":"1","qty":2}]}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":1}]}]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","asks":[{"price":0,"qty":1}]}]}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","asks":[{"price":1,"qty":1e400}]}]}""", FaultCode.ScaleOverflow, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD", "ETH/USD"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTC/USD {fault}" }
            : [$"Fault BTC/USD {fault}", $"Fault ETH/USD {fault}"]));
    }
}
