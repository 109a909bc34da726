using System.IO;
using System.Linq;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class CoinbaseFramesTests
{
    private const string Rows =
        """[["buy","10101.80","0.162567"],["sell","10102.55","0.00000000"],["buy","10101.1","12"],["sell","10103","0.5"]]""";

    private const string Read =
        "Update BTC-USD bids 10101.8x0.162567 10101.1x12 asks 10102.55x0 10103x0.5 at 1692077229050131000";

    [TestCase("""{"type":"l2update","product_id":"BTC-USD","changes":""" + Rows + ""","time":"2023-08-15T05:27:09.050131Z"}""", 1)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD","time":"2023-08-15T05:27:09.050131Z","changes":""" + Rows + "}", 0)]
    [TestCase("""{ "changes" : """ + Rows + """ , "time":"2023-08-15T05:27:09.050131Z", "product_id":"BTC\u002dUSD","new":{},"type":"l2upd\u0061te"} """, 0)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD","changes":[["b\u0075y",10101.8,0.162567,1],["sell","1.010255e4","0"],["buy","10101.10",12.0],["sell","10103.00","5e-1"]],"time":"2023-08-15T05:27:09.050131Z"}""", 0)]
    public void UpdateIsReadHoweverItIsWritten(string frame, int usual)
    {
        using var bench = new DecoderBench("coinbase", ["BTC-USD"]);
        bench.Intake.Declare(0, 2, 8);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { Read }));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(Wire.Text.DigitPair.IsSupported ? usual : 0));
    }

    [TestCase("""{"type":"snapshot","product_id":"BTC-USD","asks":[["10102.55","0.57753524"]],"bids":[["10101.10","0.45054140"]],"time":"1970-01-01T00:00:01Z"}""", " at 1000000000")]
    [TestCase("""{"product_id":"BTC-USD","type":"snapshot","bids":[["10101.10","0.45054140"]],"asks":[["10102.55","0.57753524"]]}""", "")]
    [TestCase("""{"product_id":"BTC-USD","type":"snapshot","bids":[["10101.10","0.45054140"]],"asks":[["10102.55","0.57753524"]],"time":"0001-01-01T00:00:00.000000Z"}""", "")]
    public void SnapshotMayLackATime(string frame, string time)
    {
        using var bench = new DecoderBench("coinbase", ["BTC-USD"]);
        bench.Feed(frame);

        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Snapshot BTC-USD bids 10101.1x0.4505414 asks 10102.55x0.57753524" + time,
        }));
    }

    [Test]
    public void ChangesOfOneMessageMayTakeSeveralSlots()
    {
        var rows = string.Join(',', Enumerable.Range(1, 400).Select(static row =>
            $"[\"{(row % 3 == 0 ? "sell" : "buy")}\",\"{row}.25\",\"{row}.5\"]"));
        using var bench = new DecoderBench("coinbase", ["BTC-USD"]);
        bench.Intake.Declare(0, 2, 8);
        bench.Feed("{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":[" + rows
            + "],\"time\":\"2023-08-15T05:27:09.050131Z\"}");

        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(Wire.Text.DigitPair.IsSupported ? 1 : 0));
        var message = bench.TakeMessages().Single();
        var asks = Enumerable.Range(1, 400).Where(static row => row % 3 == 0).Select(static row => row + 0.25m);
        Assert.That(message.Asks.Select(static level => level.Price), Is.EqualTo(asks));
        Assert.That(message.Bids, Has.Count.EqualTo(267));
        Assert.That(message.Bids[^1].Quantity, Is.EqualTo(400.5m));
    }

    [TestCase("""{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"ETH-USD","time":"2023-08-15T05:27:09.000000Z"}""", FrameKind.Heartbeat, -1)]
    [TestCase("""{"type":"subscriptions","channels":[{"name":"level2_batch","product_ids":["BTC-USD","ETH-USD"]}]}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"type":"error","message":"Failed to subscribe","reason":"ETH-USD is not a valid product"}""", FrameKind.Refused, 1)]
    [TestCase("""{"type":"error","message":"Failed to subscribe","reason":"ETH-USD"}""", FrameKind.Refused, 1)]
    [TestCase("""{"type":"error","message":"Failed to subscribe","reason":"level2, level3, and full channels now require authentication"}""", FrameKind.Refused, -1)]
    [TestCase("""{"type":"error","message":"Malformed JSON"}""", FrameKind.Refused, -1)]
    [TestCase("""{"type":"ticker","product_id":"ETH-USD","best_bid":"1","changes":[]}""", FrameKind.Ignored, -1)]
    [TestCase("""{"type":"l2update","product_id":"SOL-USD","changes":"x"}""", FrameKind.Ignored, -1)]
    [TestCase("{}", FrameKind.Ignored, -1)]
    public void OtherFramesSayNothingOfLevels(string frame, FrameKind kind, int book)
    {
        using var bench = new DecoderBench("coinbase", ["BTC-USD", "ETH-USD"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, book)));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [TestCase("""{"type":"l2update","changes":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"type":"l2update","product_id":5,"changes":[]}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD","changes":[]""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD"}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD","changes":"[]"}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD","changes":[["hold","1","1"]]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD","changes":[["buy","1"]]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD","changes":[["buy","1","-1"]],"time":"2023-08-15T05:27:09.050131Z"}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"type":"l2update","product_id":"BTC-USD","changes":[["buy","0.00","1"]],"time":"2023-08-15T05:27:09.050131Z"}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"type":"snapshot","product_id":"BTC-USD","bids":[]}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"type":"snapshot","product_id":"BTC-USD","asks":[],"bids":[["40531.19","0.-10000"]]}""", FaultCode.MalformedNumber, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("coinbase", ["BTC-USD", "ETH-USD"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTC-USD {fault}" }
            : [$"Fault BTC-USD {fault}", $"Fault ETH-USD {fault}"]));
    }

    [Test]
    [Category(Categories.Captures)]
    public void FramesOfSeveralYearsAreRead()
    {
        using var bench = new DecoderBench("coinbase", ["BTC-EUR", "ETH-USD", "BAT-USDC", "YFI-USD"]);
        var kinds = File.ReadLines(CaptureFolder.File("coinbase/tardis-node_mappers_coinbase.ndjson"))
            .Select(line => bench.Feed(line).Kind).ToArray();

        Assert.That(kinds.Count(static kind => kind == FrameKind.Depth), Is.EqualTo(4));
        Assert.That(kinds.Count(static kind => kind == FrameKind.Failed), Is.EqualTo(1), "a size of 0.-10000");
        Assert.That(kinds.Count(static kind => kind == FrameKind.Ignored), Is.EqualTo(4), "trades and tickers");
    }
}
