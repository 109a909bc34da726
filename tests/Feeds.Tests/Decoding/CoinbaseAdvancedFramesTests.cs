using System.Linq;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class CoinbaseAdvancedFramesTests
{
    private const string Head = """{"channel":"l2_data","timestamp":"2023-02-09T20:32:50.714964855Z","sequence_num":7,"events":[""";

    private const string Rows =
        """[{"side":"bid","event_time":"2023-02-09T20:32:50.7Z","price_level":"21921.73","new_quantity":"0.06317902"},{"side":"offer","event_time":"1970-01-01T00:00:00Z","price_level":"21922","new_quantity":"0"},{"side":"bid","event_time":"","price_level":"21921.3","new_quantity":"0.024"}]""";

    private const string Read =
        "BTC-USD bids 21921.73x0.06317902 21921.3x0.024 asks 21922x0 at 1675974770714964855";

    [TestCase(Head + """{"type":"update","product_id":"BTC-USD","updates":""" + Rows + "}]}", 1, "Update ")]
    [TestCase(Head + """{"type":"snapshot","product_id":"BTC-USD","updates":""" + Rows + "}]}", 1, "Snapshot ")]
    [TestCase("""{"channel":"l2_data","client_id":"","timestamp":"2023-02-09T20:32:50.714964855Z","sequence_num":0,"events":[{"type":"update","product_id":"BTC-USD","updates":""" + Rows + "}]}", 1, "Update ")]
    [TestCase(Head + """{"type":"update", "product_id":"BTC-USD","updates":""" + Rows + "}]}", 0, "Update ")]
    [TestCase(
        """{"events":[{"updates":[{"new_quantity":0.06317902,"price_level":"2.192173e4","side":"b\u0069d"},{"price_level":21922.0,"side":"offer","new_quantity":"0.00"},{"side":"bid","x":[],"price_level":"21921.30","new_quantity":"0.0240"}],"product_id":"BTC\u002dUSD","type":"update"}],"sequence_num":"7","timestamp":"2023-02-09T20:32:50.714964855Z","channel":"l2_data"}""",
        0, "Update ")]
    public void BookIsReadHoweverItIsWritten(string frame, int usual, string kind)
    {
        using var bench = new DecoderBench("coinbase_advanced", ["BTC-USD"]);
        bench.Intake.Declare(0, 2, 8);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { kind + Read }));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(Wire.Text.DigitPair.IsSupported ? usual : 0));
    }

    [Test]
    public void FrameMayHoldSeveralEvents()
    {
        using var bench = new DecoderBench("coinbase_advanced", ["BTC-USD", "ETH-USD"]);
        bench.Feed(Head + Event("BTC-USD", "1") + "," + Event("SOL-USD", "x") + "," + Event("ETH-USD", "2") + "]}");

        Assert.That(
            bench.TakeMessages().Select(static message => message.Symbol),
            Is.EqualTo(new[] { "BTC-USD", "ETH-USD" }));
    }

    [Test]
    public void MissingMessageIsAHoleOfEveryBook()
    {
        using var bench = new DecoderBench("coinbase_advanced", ["BTC-USD", "ETH-USD"]);
        Assert.That(bench.Feed(Numbered(0)).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.Feed(Heartbeat(1)).Kind, Is.EqualTo(FrameKind.Heartbeat));
        Assert.That(bench.Feed(Numbered(2)).Kind, Is.EqualTo(FrameKind.Depth));
        bench.TakeText();
        var outcome = bench.Feed(Numbered(4));

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Gapped, -1)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Fault BTC-USD Gap", "Fault ETH-USD Gap" }));
        Assert.That(bench.Feed(Numbered(5)).Kind, Is.EqualTo(FrameKind.Depth), "the count goes on from there");
        Assert.That(bench.Feed(Numbered(5)).Kind, Is.EqualTo(FrameKind.Gapped), "a repetition breaks it too");
        Assert.That(bench.Feed(Heartbeat(7)).Kind, Is.EqualTo(FrameKind.Gapped), "whatever the message is about");
        Assert.That(bench.Intake.Counters.DecodeErrors, Is.Zero);
    }

    [Test]
    public void ConnectionBeginsTheCountAnew()
    {
        using var bench = new DecoderBench("coinbase_advanced", ["BTC-USD"]);
        bench.Feed(Numbered(40));
        bench.Intake.Announce(EventKind.Connecting, FaultCode.None, 1);

        Assert.That(bench.Feed(Numbered(0)).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.Feed(Numbered(1)).Kind, Is.EqualTo(FrameKind.Depth));
    }

    [Test]
    public void UnreadableMessageIsOneFaultAndNoGap()
    {
        using var bench = new DecoderBench("coinbase_advanced", ["BTC-USD"]);
        bench.Feed(Numbered(0));
        bench.Feed(Numbered(1)[..40]);

        Assert.That(bench.Feed(Numbered(2)).Kind, Is.EqualTo(FrameKind.Depth));
        var third = Head.Replace(":7,", ":3,") + Event("BTC-USD", "x") + "]}";
        Assert.That(bench.Feed(third).Kind, Is.EqualTo(FrameKind.Failed));
        Assert.That(bench.Feed(Numbered(4)).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.Intake.Counters.DecodeErrors, Is.EqualTo(2));
    }

    [TestCase("""{"channel":"subscriptions","timestamp":"x","sequence_num":0,"events":[{"subscriptions":{"level2":["BTC-USD"]}}]}""", FrameKind.Acknowledged)]
    [TestCase("""{"channel":"heartbeats","client_id":"","timestamp":"x","sequence_num":0,"events":[{"current_time":"x","heartbeat_counter":3049}]}""", FrameKind.Heartbeat)]
    [TestCase("""{"channel":"ticker","timestamp":"x","sequence_num":0,"events":[{"type":"update","tickers":[]}]}""", FrameKind.Ignored)]
    [TestCase("""{"channel":"l2_data","timestamp":"x","sequence_num":0,"events":[]}""", FrameKind.Ignored)]
    [TestCase("""{"channel":"l2_data","timestamp":"x","sequence_num":0,"events":[{"type":"update","product_id":"SOL-USD","updates":5}]}""", FrameKind.Ignored)]
    [TestCase("""{"type":"error","message":"authentication failure"}""", FrameKind.Refused)]
    public void OtherFramesSayNothingOfLevels(string frame, FrameKind kind)
    {
        using var bench = new DecoderBench("coinbase_advanced", ["BTC-USD", "ETH-USD"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, -1)));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [TestCase("""{"channel":"l2_data","timestamp":"x","events":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"l2_data","timestamp":"x","sequence_num":-1,"events":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"l2_data","timestamp":"x","sequence_num":1.5,"events":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"l2_data","timestamp":"x","sequence_num":1}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"l2_data","timestamp":"x","sequence_num":1,"events":{}}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + """{"type":"update","updates":[]}]}""", FaultCode.MalformedMessage, -1)]
    [TestCase(Head + """{"type":"update","product_id":"BTC-USD"}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase(Head + """{"type":"delta","product_id":"BTC-USD","updates":[]}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase(Head + """{"type":"update","product_id":"BTC-USD","updates":[[]]}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase(Head + """{"type":"update","product_id":"BTC-USD","updates":[{"side":"ask","event_time":"","price_level":"1","new_quantity":"1"}]}]}""", FaultCode.MalformedMessage, 0)]
    [TestCase(Head + """{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"","price_level":"1"}]}]}""", FaultCode.MalformedNumber, 0)]
    [TestCase(Head + """{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"","price_level":"1","new_quantity":"-1"}]}]}""", FaultCode.MalformedNumber, 0)]
    [TestCase(Head + """{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"","price_level":"x","new_quantity":"1"}]},{}]}""", FaultCode.MalformedNumber, -1)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("coinbase_advanced", ["BTC-USD", "ETH-USD"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTC-USD {fault}" }
            : [$"Fault BTC-USD {fault}", $"Fault ETH-USD {fault}"]));
    }

    [Test]
    public void WholeBookOfFortySixThousandLevelsFitsALane()
    {
        const int Levels = 46_000;
        var rows = string.Join(',', Enumerable.Range(1, Levels).Select(static level =>
            $"{{\"side\":\"{(level % 2 == 0 ? "bid" : "offer")}\",\"event_time\":\"1970-01-01T00:00:00Z\","
            + $"\"price_level\":\"{level}.5\",\"new_quantity\":\"0.{level}1\"}}"));
        using var bench = new DecoderBench("coinbase_advanced", ["BTC-USD"]);
        bench.Intake.Declare(0, 2, 8);
        bench.Feed(Head + "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":[" + rows + "]}]}");

        var message = bench.TakeMessages().Single();
        Assert.That((message.Bids.Count, message.Asks.Count), Is.EqualTo((Levels / 2, Levels / 2)));
        Assert.That(message.Bids[^1].Price, Is.EqualTo(Levels + 0.5m));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(Wire.Text.DigitPair.IsSupported ? 1 : 0));
    }

    private static string Numbered(int number) => Head.Replace(":7,", $":{number},") + Event("BTC-USD", "1") + "]}";

    private static string Heartbeat(int number) =>
        $$"""{"channel":"heartbeats","timestamp":"x","sequence_num":{{number}},"events":[]}""";

    private static string Event(string product, string price) =>
        $$"""{"type":"update","product_id":"{{product}}","updates":[{"side":"bid","event_time":"2023-02-09T20:32:50.7Z","price_level":"{{price}}","new_quantity":"1"}]}""";
}
