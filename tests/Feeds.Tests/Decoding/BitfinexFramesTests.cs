using System.Linq;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class BitfinexFramesTests
{
    private const string Hello = """{"event":"info","version":2,"serverId":"x","platform":{"status":1}}""";
    private const string Numbered = """{"event":"conf","status":"OK","flags":196608}""";
    private const string Plain = """{"event":"conf","status":"OK","flags":131072}""";
    private const string Bulk = """{"event":"conf","status":"OK","flags":537001984}""";

    private const string Subscribed =
        """{"event":"subscribed","channel":"book","chanId":81757,"symbol":"tXRPBTC","prec":"P0","freq":"F0","len":"25","pair":"XRPBTC"}""";

    private const string Second =
        """{"event":"subscribed","channel":"book","chanId":7,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"25","pair":"BTCUSD"}""";

    [TestCase("[81757,[[0.0011,13,271510.49],[0.00109,4,-500793.1]]]", true)]
    [TestCase("[81757,[[0.0011,13,271510.49],[0.00109,4,-500793.1]],5,\"x\"]", false)]
    [TestCase(" [ 81757 , [ [ 0.00110 , 13 , 271510.49 , 5 ] , [1.09e-3,4,-500793.10] ] ] ", false)]
    public void ArrayOfRowsIsTheWholeBook(string frame, bool isUsual)
    {
        using var bench = Bench(Hello, Plain, Subscribed);
        bench.Intake.Declare(0, 6, 8);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(
            bench.TakeText(), Is.EqualTo(new[] { "Snapshot tXRPBTC bids 0.0011x271510.49 asks 0.00109x500793.1" }));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(isUsual && DigitPair.IsSupported ? 1 : 0));
    }

    [TestCase("[81757,[0.0011,12,266122.94]]", "bids 0.0011x266122.94", true)]
    [TestCase("[81757,[0.0011,12,-266122.94]]", "asks 0.0011x266122.94", true)]
    [TestCase("[81757,[0.0011,0,1]]", "bids 0.0011x0", true)]
    [TestCase("[81757,[0.0011,0,-1]]", "asks 0.0011x0", true)]
    [TestCase("[81757,[7e-7,1,10000]]", "bids 0.0000007x10000", false)]
    [TestCase("[81757,[6.6E-7,1,-1e-8]]", "asks 0.00000066x0.00000001", false)]
    [TestCase("[81757,[60400,123456789,0.00000123]]", "bids 60400x0.00000123", true)]
    public void OneRowIsAChangedLevel(string frame, string read, bool isUsual)
    {
        using var bench = Bench(Hello, Plain, Subscribed);
        bench.Intake.Declare(0, 6, 8);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Update tXRPBTC " + read }));
        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(isUsual && DigitPair.IsSupported ? 1 : 0));
    }

    [Test]
    public void ChangesMayComeAsArraysWhereTheVenueWasAskedForThem()
    {
        using var bench = Bench(Hello, Bulk, Subscribed);
        bench.Feed("[81757,[[1,1,1],[2,1,-1]]]");
        bench.Feed("[81757,[[1,0,1],[3,1,-1]]]");
        bench.Feed(Subscribed);
        bench.Feed("[81757,[[5,1,1]]]");

        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Snapshot tXRPBTC bids 1x1 asks 2x1", "Update tXRPBTC bids 1x0 asks 3x1", "Snapshot tXRPBTC bids 5x1",
        }));
    }

    [TestCase("[81757,[[1,1,0]]]", TestName = "of the book")]
    [TestCase("[81757,[[1,1,", TestName = "of any book")]
    public void ArrayBehindAFrameThatCouldNotBeReadIsNotTakenForTheWholeBook(string broken)
    {
        using var bench = Bench(Hello, Bulk, Subscribed);
        bench.Feed(broken);
        bench.Drop();
        bench.Feed("[81757,[[1,1,1],[2,1,-1]]]");

        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Update tXRPBTC bids 1x1 asks 2x1" }));
    }

    [Test]
    public void LongBooksAreReadTheShortWayAndTheLongestTheGeneralOne()
    {
        using var bench = Bench(Hello, Plain, Subscribed);
        bench.Intake.Declare(0, 1, 8);
        foreach (var levels in (int[])[250, 2_000])
        {
            var rows = Enumerable.Range(1, levels).Select(row => $"[{row}.5,3,{(row % 2 == 0 ? "-" : "")}{row}.25]");
            var usual = bench.Decoder.UsualFrames;
            Assert.That(bench.Feed($"[81757,[{string.Join(',', rows)}]]").Kind, Is.EqualTo(FrameKind.Depth));
            var message = bench.TakeMessages().Single();
            Assert.That(
                message.Bids.Select(level => level.Price),
                Is.EqualTo(Enumerable.Range(1, levels).Where(row => row % 2 != 0).Select(row => row + 0.5m)));
            Assert.That(message.Asks[^1].Quantity, Is.EqualTo(levels + 0.25m));
            Assert.That(
                bench.Decoder.UsualFrames - usual, Is.EqualTo(levels == 250 && DigitPair.IsSupported ? 1 : 0));
        }
    }

    [Test]
    public void NumbersOfFramesAreCheckedAcrossAllChannelsAndTags()
    {
        using var bench = Bench(Hello, Numbered, Subscribed, Second);
        bench.Intake.Declare(0, 2, 8);
        bench.Intake.Declare(1, 2, 8);
        bench.Feed("[99,\"hb\",1]");
        bench.Feed("[81757,[[1,1,1],[2,1,-1]],2]");
        bench.Feed("[7,[[1,1,1],[2,1,-1]],3]");
        bench.Feed("[98,\"te\",[1,2],4]");
        bench.Feed("[7,\"cs\",-5,5]");
        bench.Feed("[81757,[1,1,3],6]");
        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Snapshot tXRPBTC 0..2 bids 1x1 asks 2x1",
            "Snapshot tBTCUSD 0..3 bids 1x1 asks 2x1",
            "Update tBTCUSD 0..5 crc 4294967291",
            "Update tXRPBTC 0..6 bids 1x3",
        }));

        Assert.That(bench.Feed("[7,[1,1,4],8]").Kind, Is.EqualTo(FrameKind.Depth));
        bench.Feed("[81757,[1,1,5],9]");
        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Fault tXRPBTC Gap", "Fault tBTCUSD Gap", "Update tBTCUSD 0..8 bids 1x4", "Update tXRPBTC 0..9 bids 1x5",
        }));
        Assert.That(bench.Intake.Counters.DecodeErrors, Is.Zero, "it is the venue's frame that is missing");
    }

    [Test]
    public void FrameBehindAHoleMayBeTheNewBook()
    {
        using var bench = Bench(Hello, Numbered, Subscribed);
        bench.Feed("[81757,[[1,1,1]],1]");
        bench.Feed("[81757,[[2,1,1]],5]");

        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Snapshot tXRPBTC 0..1 bids 1x1",
            "Fault tXRPBTC Gap",
            "Fault tBTCUSD Gap",
            "Snapshot tXRPBTC 0..5 bids 2x1",
        }));
    }

    [Test]
    public void TimeBehindTheNumberIsThatOfTheFrame()
    {
        using var bench = Bench(Hello, """{"event":"conf","status":"OK","flags":229376}""", Subscribed);
        bench.Feed("[81757,[[1,1,1]],1,1790134414850]");
        bench.Feed("[81757,\"cs\",9,2,1790134414851]");
        bench.Feed("[81757,\"hb\",4,1790134414852]");

        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "Snapshot tXRPBTC 0..1 bids 1x1 at 1790134414850000000",
            "Update tXRPBTC 0..2 at 1790134414851000000 crc 9",
            "Fault tXRPBTC Gap",
            "Fault tBTCUSD Gap",
        }));
    }

    [Test]
    public void FrameWithoutTheNumberThatWasPromisedCannotBeUsed()
    {
        using var bench = Bench(Hello, Numbered, Subscribed);
        var outcome = bench.Feed("[81757,[1,1,1]]");

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Failed, 0)));
    }

    [TestCase("[81757,[0.0000005,1,1]]")]
    [TestCase("[81757,[7.0e-7,1,1]]")]
    [TestCase("[81757,[70e-8,1,1]]")]
    [TestCase("[81757,[7E-7,1,1]]")]
    [TestCase("[81757,[1.50,1,1]]")]
    [TestCase("[81757,[1,1,1e0]]")]
    [TestCase("[81757,[1,1,1e-6]]")]
    public void ChecksumOverAnotherSpellingCannotBeComparedUntilTheNextSnapshot(string odd)
    {
        using var bench = Bench(Hello, Plain, Subscribed);
        bench.Intake.Declare(0, 8, 8);
        bench.Feed("[81757,[[0.0000011,1,1],[7e-7,1,6.6e-8]]]");
        Assert.That(Algorithm(bench, "[81757,\"cs\",5]"), Is.EqualTo(ChecksumAlgorithm.CrcOfInterleavedNumbers));
        bench.Feed("[81757,[7e-7,0,1.0]]");
        Assert.That(Algorithm(bench, "[81757,\"cs\",5]"), Is.EqualTo(ChecksumAlgorithm.CrcOfInterleavedNumbers));
        bench.Feed(odd);
        Assert.That(Algorithm(bench, "[81757,\"cs\",5]"), Is.EqualTo(ChecksumAlgorithm.NotComparable));
        bench.Feed("[81757,[[0.0000011,1,1]]]");
        Assert.That(Algorithm(bench, "[81757,\"cs\",5]"), Is.EqualTo(ChecksumAlgorithm.CrcOfInterleavedNumbers));
    }

    [TestCase(Hello, FrameKind.Welcome, -1)]
    [TestCase("""{"event":"info","version":2,"platform":{"status":0}}""", FrameKind.Paused, -1)]
    [TestCase("""{"event":"info","code":20051,"msg":"x"}""", FrameKind.ReconnectRequested, -1)]
    [TestCase("""{"event":"info","code":20060,"msg":"x"}""", FrameKind.Paused, -1)]
    [TestCase("""{"event":"info","code":20061,"msg":"x"}""", FrameKind.ReconnectRequested, -1)]
    [TestCase("""{"event":"info","code":5}""", FrameKind.Ignored, -1)]
    [TestCase(Numbered, FrameKind.Acknowledged, -1)]
    [TestCase("""{"event":"conf","status":"FAILED"}""", FrameKind.Refused, -1)]
    [TestCase(Subscribed, FrameKind.Acknowledged, 0)]
    [TestCase("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tXRPBTC","prec":"R0"}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"event":"subscribed","channel":"trades","chanId":5,"symbol":"tXRPBTC"}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"event":"unsubscribed","status":"OK","chanId":5}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"channel":"book","symbol":"tXRPBTC","prec":"P0","event":"error","msg":"symbol: invalid","code":10300}""", FrameKind.Refused, 0)]
    [TestCase("""{"channel":"book","symbol":"tXRPBTC","prec":"P0","event":"error","msg":"subscribe: dup","code":10301}""", FrameKind.Gapped, -1)]
    [TestCase("""{"channel":"book","symbol":"tOTHER","prec":"P0","event":"error","msg":"subscribe: dup","code":10301}""", FrameKind.Acknowledged, -1)]
    [TestCase("""{"event":"error","msg":"unsubscribe: invalid","code":10400}""", FrameKind.Refused, -1)]
    [TestCase("""{"event":"pong","ts":1511545528111,"cid":1234}""", FrameKind.Heartbeat, -1)]
    [TestCase("{}", FrameKind.Ignored, -1)]
    [TestCase("[5,\"hb\"]", FrameKind.Heartbeat, -1)]
    [TestCase("[5,\"hb\",7]", FrameKind.Heartbeat, -1)]
    [TestCase("[5,[1,2,3]]", FrameKind.Ignored, -1)]
    [TestCase("[5,\"tu\",[1,2,3,4],11]", FrameKind.Ignored, -1)]
    public void OtherFramesSayNothingOfLevels(string frame, FrameKind kind, int book)
    {
        using var bench = new DecoderBench("bitfinex", ["tXRPBTC"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((kind, book)));
        Assert.That(bench.TakeMessages(), Is.Empty);
    }

    [Test]
    public void SecondSubscriptionIsRefusedWithoutHarmWhereTheChannelIsKnown()
    {
        using var bench = Bench(Hello, Plain, Subscribed);
        var outcome = bench.Feed(
            """{"channel":"book","symbol":"tXRPBTC","prec":"P0","event":"error","msg":"subscribe: dup","code":10301}""");

        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Acknowledged, 0)));
    }

    [Test]
    public void ChannelLastsFromItsSubscriptionToItsEnd()
    {
        using var bench = Bench(Hello, Plain, Subscribed);
        Assert.That(bench.Decoder.Channels.ChannelOf(0), Is.EqualTo(81_757));
        var outcome = bench.Feed("""{"event":"unsubscribed","status":"OK","chanId":81757}""");
        Assert.That((outcome.Kind, outcome.Book), Is.EqualTo((FrameKind.Unsubscribed, 0)));
        Assert.That(bench.Decoder.Channels.ChannelOf(0), Is.Zero);
        Assert.That(bench.Feed("[81757,[[1,1,1]]]").Kind, Is.EqualTo(FrameKind.Ignored));

        bench.Feed(Subscribed.Replace("81757", "6", System.StringComparison.Ordinal));
        Assert.That(bench.Feed("[6,[[1,1,1]]]").Kind, Is.EqualTo(FrameKind.Depth));
        bench.Feed(Hello);
        Assert.That(bench.Feed("[6,[1,1,1]]").Kind, Is.EqualTo(FrameKind.Ignored), "another socket");
    }

    [TestCase("", FaultCode.MalformedMessage, -1)]
    [TestCase("[", FaultCode.MalformedMessage, -1)]
    [TestCase("[]", FaultCode.MalformedMessage, -1)]
    [TestCase("[81757]", FaultCode.MalformedMessage, -1)]
    [TestCase("[null,[1,1,1]]", FaultCode.MalformedMessage, -1)]
    [TestCase("[81757,[1,1,1]]x", FaultCode.MalformedMessage, -1)]
    [TestCase("[81757,{}]", FaultCode.MalformedMessage, 0)]
    [TestCase("[81757,null]", FaultCode.MalformedMessage, 0)]
    [TestCase("[81757,[1,1]]", FaultCode.MalformedMessage, 0)]
    [TestCase("[81757,[\"1\",1,1]]", FaultCode.MalformedMessage, 0)]
    [TestCase("[81757,[[1,1,1],5]]", FaultCode.MalformedMessage, 0)]
    [TestCase("[81757,[[1,1,1],[1,1]]]", FaultCode.MalformedMessage, 0)]
    [TestCase("[81757,[1,1.5,1]]", FaultCode.MalformedNumber, 0)]
    [TestCase("[81757,[1,-1,1]]", FaultCode.MalformedNumber, 0)]
    [TestCase("[81757,[1,1,0]]", FaultCode.MalformedNumber, 0)]
    [TestCase("[81757,[1,0,-0.0e9]]", FaultCode.MalformedNumber, 0)]
    [TestCase("[81757,[0,1,1]]", FaultCode.MalformedNumber, 0)]
    [TestCase("[81757,[-1,1,1]]", FaultCode.MalformedNumber, 0)]
    [TestCase("[81757,[1,1,1e99]]", FaultCode.ScaleOverflow, 0)]
    [TestCase("[81757,[1e-30,1,1]]", FaultCode.ScaleOverflow, 0)]
    [TestCase("[81757,\"cs\"]", FaultCode.MalformedNumber, 0)]
    [TestCase("[81757,\"cs\",5000000000]", FaultCode.MalformedNumber, 0)]
    [TestCase("[81757,\"cs\",\"5\"]", FaultCode.MalformedNumber, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = Bench(Hello, Plain, Subscribed, Second);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault tXRPBTC {fault}" }
            : [$"Fault tXRPBTC {fault}", $"Fault tBTCUSD {fault}"]));
    }

    private static readonly string[] Numbers =
    [
        "1", "0", "10", "57989", "99999999999999", "123456789012345678", "0.1", "57989.5", "0.00000001", "1e-7", "7e-7",
        "123.45678901", "1.5e3", "00", "007", "0.10", "1.50", "1.2.3", "1.", ".5", "", "x", " 1", "1 ", "-1", "+1",
        "0.0000005", "0.000001", "12345678.12345678", "9999999.99999999", "1_0", "0x1",
    ];

    /// <summary>Once as it is, and once with a space before it, which the short way does not take.</summary>
    [Test]
    public void RowsOfEverySpellingGiveTheSameByBothWays()
    {
        foreach (var price in Numbers)
        {
            foreach (var amount in Numbers)
            {
                Compare($"[81757,[{price},2,{amount}],1]");
                Compare($"[81757,[{price},0,-{amount}],1]");
                Compare($"[81757,[[5,1,1],[{price},12,-{amount}],[{price},3,{amount}],[7,1,-1]],1]");
            }
        }

        foreach (var count in (string[])["1", "0", "00", "01", "123456789", "1234567890", "-1", "1.0", "1e1", "", "x"])
        {
            Compare($"[81757,[5,{count},1],1]");
            Compare($"[81757,[[5,{count},1],[6,{count},-1]],1]");
        }

        string[] ends = ["]", ",1]", ",1,2]", ",2]", ",0]", ",-1]", ",1.0]", ",\"1\"]", "", ",]", ",1", "]]", ",01]"];
        foreach (var end in ends)
        {
            Compare($"[81757,[5,1,1]{end}");
            Compare($"[81757,[[5,1,1]]{end}");
        }
    }

    private static void Compare(string frame)
    {
        using var near = Bench(Hello, Numbered, Subscribed);
        using var far = Bench(Hello, Numbered, Subscribed);
        near.Intake.Declare(0, 2, 8);
        far.Intake.Declare(0, 2, 8);
        var found = near.Feed(frame);
        var expected = far.Feed(" " + frame);
        Assert.That(far.Decoder.UsualFrames, Is.Zero);
        Assert.That(
            (found.Kind, found.Fault, found.Book), Is.EqualTo((expected.Kind, expected.Fault, expected.Book)), frame);
        Assert.That(near.TakeText(), Is.EqualTo(far.TakeText()), frame);
        Assert.That(near.Decoder.Numbers.IsNext(2), Is.EqualTo(far.Decoder.Numbers.IsNext(2)), frame);
    }

    private static ChecksumAlgorithm Algorithm(DecoderBench bench, string frame)
    {
        bench.Drop();
        bench.Feed(frame);
        return bench.Lane.Ring[bench.Lane.Consumed.Get() + 1].ChecksumAlgorithm;
    }

    private static DecoderBench Bench(params string[] opening)
    {
        var bench = new DecoderBench("bitfinex", ["tXRPBTC", "tBTCUSD"]);
        foreach (var frame in opening)
        {
            bench.Feed(frame);
        }

        return bench;
    }
}
