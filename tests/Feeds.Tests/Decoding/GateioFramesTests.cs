using System;
using System.Linq;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class GateioFramesTests
{
    private const string Stream =
        """{"channel":"spot.obu","result":{"t":1747054612695,"s":"ob.BTC_USDT.50","u":73777715212,"U":73777715169,"b":[["104024.5","0.10343"],["104014","5"]],"a":[["104027.2","0"]]},"time_ms":1747054612925}""";

    private const string Update =
        """{"time":1747054612,"time_ms":1747054612700,"channel":"spot.order_book_update","event":"update","result":{"t":1747054612695,"l":"100","e":"depthUpdate","E":1747054612,"s":"BTC_USDT","U":73777715169,"u":73777715212,"b":[["104024.5","0.10343"],["104014","5"]],"a":[["104027.2","0"]]}}""";

    private const string Read =
        "Update BTC_USDT 73777715169..73777715212 bids "
        + "104024.5x0.10343 104014x5 asks 104027.2x0 at 1747054612695000000";

    [TestCase(Stream, true)]
    [TestCase(Update, true)]
    [TestCase(
        """{"channel":"spot.obu","result":{"t":1747054612695,"s":"ob.BTC_USDT.400","U":73777715169,"u":73777715212,"b":[["104024.5","0.10343"],["104014","5"]],"a":[["104027.2","0"]]}}""",
        true)]
    [TestCase(
        """{"time":1747054612,"channel":"spot.obu","event":"update","result":{"t":1747054612695,"s":"ob.BTC_USDT.50","u":73777715212,"U":73777715169,"b":[["104024.5","0.10343"],["104014","5"]],"a":[["104027.2","0"]]}}""",
        true)]
    [TestCase(
        """{"time":1747054612,"channel":"spot.order_book_update","event":"update","result":{"t":1747054612695,"e":"depthUpdate","E":1747054612,"s":"BTC_USDT","U":73777715169,"u":73777715212,"b":[["104024.5","0.10343"],["104014","5"]],"a":[["104027.2","0"]]}}""",
        true)]
    [TestCase(
        """{"t":1747054612695,"s":"ob.BTC_USDT.50","u":73777715212,"U":73777715169,"b":[["104024.5","0.10343"],["104014","5"]],"a":[["104027.2","0"]]}""",
        false)]
    [TestCase(
        """{ "result" : { "a" : [[104027.20,0]] , "b" : [["104024.5","0.10343","x"],["104014.00","5.0"]] , "u" : 73777715212 , "U" : 73777715169 , "\u0073" : "ob.BTC\u005fUSDT.50" , "full" : false , "t" : 1747054612695 , "new" : {"b":[]} } , "channel" : "spot\u002eobu" , "event" : "update" }""",
        false)]
    public void UpdateIsReadHoweverItIsWritten(string frame, bool isUsual)
    {
        using var bench = new DecoderBench("gateio", ["BTC_USDT"]);
        bench.Intake.Declare(0, 1, 6);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { Read }));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(isUsual && DigitPair.IsSupported ? 1 : 0));
    }

    [TestCase(Stream)]
    [TestCase(Update)]
    public void EveryCutOfAUsualUpdateIsAFaultThatShowsNothing(string frame)
    {
        for (var cut = 0; cut < frame.Length; cut++)
        {
            using var bench = new DecoderBench("gateio", ["BTC_USDT"]);
            Assert.That(bench.Feed(frame[..cut]).Kind, Is.EqualTo(FrameKind.Failed), frame[..cut]);
            Assert.That(bench.TakeMessages(), Is.Empty);
            Assert.That(bench.Lane.IsOpen, Is.False);
        }
    }

    [Test]
    public void UpdateWithoutLevelsAdvancesTheId()
    {
        using var bench = new DecoderBench("gateio", ["BTC_USDT"]);
        bench.Feed("""{"channel":"spot.obu","result":{"t":1,"s":"ob.BTC_USDT.50","u":9,"U":8},"time_ms":2}""");
        bench.Feed("""{"channel":"spot.obu","result":{"t":1,"s":"ob.BTC_USDT.50","u":11,"U":10,"a":[["5","1"]]}}""");

        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Update BTC_USDT 8..9 at 1000000", "Update BTC_USDT 10..11 asks 5x1 at 1000000",
        }));
    }

    [TestCase("""{"channel":"spot.obu","result":{"t":1,"full":true,"s":"ob.BTC_USDT.50","u":9,"b":[["4","1"]],"a":[["5","1"]]}}""")]
    [TestCase("""{"time":1,"channel":"spot.order_book_update","event":"update","result":{"t":1,"full":true,"l":"100","e":"depthUpdate","E":1,"s":"BTC_USDT","U":3,"u":9,"b":[["4","1"]],"a":[["5","1"]]}}""")]
    public void FullBookIsASnapshotOfTheVenuesOwnAccord(string frame)
    {
        using var bench = new DecoderBench("gateio", ["BTC_USDT"]);
        bench.Feed(frame);

        Assert.That(bench.Lane.Ring[0].Flags, Is.EqualTo(EventFlags.Whole | EventFlags.Pushed));
        Assert.That(
            bench.TakeText(), Is.EqualTo(new[] { "Snapshot BTC_USDT 0..9 bids 4x1 asks 5x1 at 1000000" }));
    }

    [TestCase("""{"time":1,"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"],"result":{"status":"success"}}""", FrameKind.Acknowledged, 0)]
    [TestCase("""{"time":1,"channel":"spot.trades","event":"subscribe","result":{"status":"success"}}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"time":1,"channel":"spot.obu","event":"unsubscribe","payload":["ob.BTC_USDT.50"],"result":{"status":"success"}}""", FrameKind.Acknowledged, 0)]
    [TestCase("""{"time":1,"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.51"],"error":{"code":2,"message":"bad"},"result":{"status":"fail"}}""", FrameKind.Refused, 0)]
    [TestCase("""{"time":1,"channel":"spot.order_book_update","event":"subscribe","payload":["BTC_USDT","7ms"],"error":{"code":2,"message":"invalid interval"}}""", FrameKind.Refused, 0)]
    [TestCase("""{"time":1,"channel":"spot.order_book_update","event":"subscribe","payload":[],"result":{"status":"fail"}}""", FrameKind.Refused, -1)]
    [TestCase("""{"time":1,"channel":"","event":"","error":{"code":1,"message":"Invalid request body format"}}""", FrameKind.Refused, -1)]
    [TestCase("""{"time":1,"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"],"error":{"code":2,"message":"Alert sub ob.BTC_USDT.50"},"result":{"status":"fail"}}""", FrameKind.Acknowledged, 0)]
    [TestCase("""{"time":1,"channel":"spot.pong","event":"","result":null}""", FrameKind.Heartbeat, -1)]
    [TestCase("""{"time":1,"channel":"spot.tickers","event":"update","result":{"currency_pair":"BTC_USDT","s":"BTC_USDT"}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"time":1,"channel":"spot.book_ticker","event":"update","result":{"t":1,"u":5,"s":"BTC_USDT","b":"1","B":"1","a":"2","A":"1"}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.DOGE_USDT.50","u":"x"}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"BTC_USDT","u":5}}""", FrameKind.Ignored, -1)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.BTC_USDT.fifty","u":5}}""", FrameKind.Ignored, -1)]
    [TestCase("{}", FrameKind.Ignored, -1)]
    public void OtherFramesSayNothingOfABook(string frame, FrameKind kind, int book)
    {
        using var bench = new DecoderBench("gateio", ["BTC_USDT"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, book)));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [TestCase("[]", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"spot.obu","result":{"u":1.5}}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.BTC_USDT.50","b":[],"a":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.BTC_USDT.50","u":9,"b":[],"a":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.BTC_USDT.50","U":10,"u":9,"b":[],"a":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.BTC_USDT.50","full":true,"u":9,"b":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.BTC_USDT.50","U":9,"u":9,"b":{},"a":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.BTC_USDT.50","U":9,"u":9,"b":[["0","1"]],"a":[]}}""", FaultCode.MalformedNumber, 0)]
    [TestCase("""{"channel":"spot.obu","result":{"s":"ob.BTC_USDT.50","U":9,"u":9,"b":[["1",""]],"a":[]}}""", FaultCode.MalformedNumber, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("gateio", ["BTC_USDT", "ETH_USDT"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTC_USDT {fault}" }
            : [$"Fault BTC_USDT {fault}", $"Fault ETH_USDT {fault}"]));
    }

    [TestCase("""{"id":2691446,"asks":[["0.00010396","5876.967"]],"bids":[["0.0001","20"]]}""", true)]
    [TestCase("""{"current":1,"bids":[["0.0001","20"]],"update":2,"asks":[["0.00010396","5876.967"]],"id":2691446}""", true)]
    [TestCase("""{"current":1,"update":2,"asks":[],"bids":[]}""", false)]
    [TestCase("""{"id":5,"asks":[]}""", false)]
    [TestCase("""{"label":"INVALID_CURRENCY_PAIR","message":"Invalid currency pair X_Y"}""", false)]
    [TestCase("", false)]
    public void SnapshotIsReadOrRefusedAsAWhole(string body, bool reads)
    {
        using var bench = new DecoderBench("gateio", ["BTC_USDT"]);

        Assert.That(bench.FeedSnapshot(body).Kind, Is.EqualTo(reads ? FrameKind.Depth : FrameKind.Failed));
        Assert.That(bench.TakeText(), reads
            ? Is.EqualTo(new[] { "Snapshot BTC_USDT 0..2691446 bids 0.0001x20 asks 0.00010396x5876.967" })
            : Is.Empty);
    }

    [Test]
    public void AmountFinerThanDeclaredWidensTheBook()
    {
        using var bench = new DecoderBench("gateio", ["BTC_USDT"]);
        bench.Intake.Declare(0, 1, 4);
        bench.Feed(Stream);

        Assert.That(bench.Decoder.GeneralFrames, Is.EqualTo(1), "the short way does not widen");
        Assert.That(bench.Lane.Ring[0].QuantityScale, Is.EqualTo(5));
        bench.Feed(Stream);
        Assert.That(
            bench.Decoder.UsualFrames, Is.EqualTo(DigitPair.IsSupported ? 1 : 0), "and is taken again afterwards");
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { Read, Read }));
    }

    [TestCase("111666", "0.146841", 8)]
    [TestCase("5", "0", 8)]
    [TestCase("0.000001", "1234567890123456", 0)]
    [TestCase("123456789012.345", "0.00000001", 8)]
    [TestCase("9", "10", 0)]
    public void StrippedNumbersTakeTheShortWay(string price, string amount, int declared)
    {
        var row = $"[\"{price}\",\"{amount}\"]";
        var frame = Stream.Replace("[[\"104024.5\",\"0.10343\"]", $"[{row},{row}", StringComparison.Ordinal)
            .Replace("[[\"104027.2\",\"0\"]]", $"[{row}]", StringComparison.Ordinal);
        using var bench = new DecoderBench("gateio", ["BTC_USDT"]);
        bench.Intake.Declare(0, 6, declared);
        bench.Feed(frame);
        var message = bench.TakeMessages().Single();
        var wanted = (decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture),
            decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));

        Assert.That(message.Bids.Take(2).Append(message.Asks[0]).Select(level => (level.Price, level.Quantity)),
            Is.All.EqualTo(wanted));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(DigitPair.IsSupported ? 1 : 0));
    }

    [TestCase(".5")]
    [TestCase("5.")]
    [TestCase("")]
    [TestCase("1.2.3")]
    [TestCase("-5")]
    [TestCase("+5")]
    [TestCase("5x")]
    [TestCase("5\\u0000")]
    public void WhatIsNoNumberIsRefusedByBothWays(string price)
    {
        using var bench = new DecoderBench("gateio", ["BTC_USDT"]);
        bench.Intake.Declare(0, 6, 8);
        var outcome = bench.Feed(Stream.Replace("104024.5", price, StringComparison.Ordinal));

        Assert.That(outcome.Fault, Is.EqualTo(FaultCode.MalformedNumber));
        Assert.That(bench.Lane.IsOpen, Is.False);
    }

    [Test]
    public void SignOfLifeCarriesTheTime()
    {
        VenueRegistry.TryFind("gateio", out var venue);

        Assert.That(venue.KeepAlive(1_545_910_590_801), Is.EqualTo("""{"time":1545910590,"channel":"spot.ping"}"""));
        Assert.That(venue.Profile.KeepAliveEvery, Is.LessThan(TimeSpan.FromSeconds(30)));
        Assert.That(() => venue.ReadAdmission(default), Throws.TypeOf<FormatException>());
    }
}
