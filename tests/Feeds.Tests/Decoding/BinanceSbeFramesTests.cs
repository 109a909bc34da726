using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class BinanceSbeFramesTests
{
    private const string Read =
        "Update BTCUSDT 50..52 bids 61737.63x0 61730.17x1.5 asks 61837.64x1.54698 at 1723161255208001000";

    /// <summary>Written down byte by byte after the venue's schema, not made by any code of ours.</summary>
    private const string Golden =
        "1A00 1327 0100 0000 "                                       // 26 bytes, template 10003, schema 1, version 0
        + "41E481BE341F0600 3200000000000000 3400000000000000 "       // 1723161255208001 µs, ids 50 and 52
        + "FE FB "                                                    // prices times 10^-2, quantities times 10^-5
        + "1000 0200 "                                                // two bids of 16 bytes
        + "43345E0000000000 0000000000000000 "                        // 61737.63, 0
        + "59315E0000000000 F049020000000000 "                        // 61730.17, 1.5
        + "1000 0100 "                                                // one ask
        + "545B5E0000000000 4A5C020000000000 "                        // 61837.64, 1.54698
        + "07 42544355534454";                                        // BTCUSDT

    private static IEnumerable<TestCaseData> Spellings()
    {
        yield return new TestCaseData(new SbeMessage()).SetArgDisplayNames("eight decimals");
        yield return new TestCaseData(new SbeMessage { BlockTail = 9, Version = 1 }).SetArgDisplayNames("longer block");
        yield return new TestCaseData(new SbeMessage { RowTail = 8, Version = 3 }).SetArgDisplayNames("longer rows");
        yield return new TestCaseData(new SbeMessage { Tail = [1, 2, 3], Version = 1 }).SetArgDisplayNames("a tail");
        yield return new TestCaseData(new SbeMessage
        {
            PriceExponent = -2,
            QuantityExponent = -5,
            Bids = [(6_173_763, 0), (6_173_017, 150_000)],
            Asks = [(6_183_764, 154_698)],
        }).SetArgDisplayNames("the market's own decimals");
        yield return new TestCaseData(new SbeMessage
        {
            PriceExponent = -12,
            QuantityExponent = -17,
            Bids = [(61_737_630_000_000_000, 0), (61_730_170_000_000_000, 150_000_000_000_000_000)],
            Asks = [(61_837_640_000_000_000, 154_698_000_000_000_000)],
        }).SetArgDisplayNames("many decimals");
    }

    private static IEnumerable<TestCaseData> Bad()
    {
        yield return Case("no ids", new SbeMessage { Ids = [0, 52] }, FaultCode.MalformedMessage, 0);
        yield return Case("ids fall", new SbeMessage { Ids = [53, 52] }, FaultCode.MalformedMessage, 0);
        yield return Case("negative ids", new SbeMessage { Ids = [-1, 52] }, FaultCode.MalformedMessage, 0);
        yield return Case("a tail", new SbeMessage { Tail = [1] }, FaultCode.MalformedMessage, 0);
        yield return Case("negative price", new SbeMessage { Bids = [(-1, 1)] }, FaultCode.MalformedNumber, 0);
        yield return Case("price of zero", new SbeMessage { Bids = [(0, 1)] }, FaultCode.MalformedNumber, 0);
        yield return Case("negative quantity", new SbeMessage { Asks = [(1, -1)] }, FaultCode.MalformedNumber, 0);
        yield return Case(
            "least number", new SbeMessage { Asks = [(1, long.MinValue)] }, FaultCode.MalformedNumber, 0);
        yield return Case("19 decimals", new SbeMessage { PriceExponent = -19 }, FaultCode.ScaleOverflow, 0, (7, 1));
        yield return Case("too large", new SbeMessage { PriceExponent = 12 }, FaultCode.ScaleOverflow, 0);
        yield return Case("another schema", new SbeMessage { Schema = 3 }, FaultCode.UnknownSchema, -1);
        yield return Case("a far schema", new SbeMessage { Schema = 0x7B01 }, FaultCode.UnknownSchema, -1);
        yield return Case("short block", new SbeMessage { Ids = [50] }, FaultCode.MalformedMessage, -1);

        static TestCaseData Case(
            string name, SbeMessage message, FaultCode fault, int book, (long, long)? bid = null) => new TestCaseData(
                bid is { } level ? message with { Bids = [level] } : message, fault, book).SetArgDisplayNames(name);
    }

    private static DecoderBench Bench(params string[] symbols) =>
        new("binance", symbols, stream: VenueStream.Sbe);

    [Test]
    public void GoldenBytesAreRead()
    {
        using var bench = Bench("BTCUSDT");
        var outcome = bench.Feed(Convert.FromHexString(Golden.Replace(" ", "", StringComparison.Ordinal)));

        Assert.That(outcome.Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { Read }));
    }

    [TestCaseSource(nameof(Spellings))]
    public void DiffIsReadWhateverItsLengthsAndExponents(object message)
    {
        using var bench = Bench("BTCUSDT");
        bench.Intake.Declare(0, 2, 5);

        Assert.That(bench.Feed(((SbeMessage)message).Bytes()).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { Read }));
        Assert.That(bench.Decoder.DepthMessages, Is.EqualTo(1));
    }

    [Test]
    public void FinerNumberWidensTheMessageExactly()
    {
        using var bench = Bench("BTCUSDT");
        bench.Intake.Declare(0, 2, 5);
        bench.Feed(new SbeMessage { Bids = [(6_173_763_000_000, 1_000), (6_173_763_100_000, 1)], Asks = [] }.Bytes());

        Assert.That(
            bench.TakeText().Single(),
            Does.Contain("bids 61737.63x0.00001 61737.631x0.00000001").And.Not.Contain("asks"));
    }

    [Test]
    public void MessageOfManySlotsIsOne()
    {
        using var bench = Bench("BTCUSDT");
        var bids = Enumerable.Range(1, 400).Select(static level => ((long)level * 1_000_000, (long)level)).ToArray();
        bench.Feed(new SbeMessage { Bids = bids }.Bytes());

        Assert.That(bench.TakeMessages().Single().Bids, Has.Count.EqualTo(400));
    }

    [TestCaseSource(nameof(Bad))]
    public void BadMessageFaultsTheBookItNamesOrAll(object message, FaultCode fault, int book)
    {
        using var bench = Bench("BTCUSDT", "ETHUSDT");
        var outcome = bench.Feed(((SbeMessage)message).Bytes());

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault BTCUSDT {fault}" }
            : [$"Fault BTCUSDT {fault}", $"Fault ETHUSDT {fault}"]));
    }

    /// <summary>
    /// Lengths and counts that lie, each with every value of its low byte. That of the block is left out: a longer one
    /// is believed, and what stands behind it may be a message too.
    /// </summary>
    [TestCase(34)]   // row of the bids
    [TestCase(36)]   // count of the bids
    [TestCase(70)]   // row of the asks
    [TestCase(72)]   // count of the asks
    [TestCase(90)]   // symbol
    public void LengthThatLiesIsAFaultOrAnotherSymbol(int at)
    {
        using var bench = Bench("BTCUSDT");
        var frame = new SbeMessage().Bytes();
        for (var value = 0; value < 256; value++)
        {
            var lying = (byte[])frame.Clone();
            lying[at] = (byte)value;
            var outcome = bench.Feed(lying);
            Assert.That(bench.Lane.IsOpen, Is.False);
            Assert.That(
                outcome.Kind,
                value == frame[at] ? Is.EqualTo(FrameKind.Depth) : Is.AnyOf(FrameKind.Failed, FrameKind.Ignored),
                $"{value} at {at}");
            bench.Drop();
        }
    }

    [Test]
    public void EveryCutIsAFault()
    {
        using var bench = Bench("BTCUSDT");
        foreach (var frame in new[] { new SbeMessage().Bytes(), Top().Bytes() })
        {
            for (var cut = 0; cut < frame.Length; cut++)
            {
                Assert.That(bench.Feed(frame.AsSpan(0, cut)).Kind, Is.EqualTo(FrameKind.Failed), $"{cut} bytes");
                Assert.That(bench.TakeMessages(), Is.Empty);
            }
        }
    }

    [Test]
    public void TopOfBookIsRead()
    {
        using var bench = Bench("BTCUSDT");

        Assert.That(bench.Feed(Top().Bytes()).Kind, Is.EqualTo(FrameKind.TopOfBook));
        Assert.That(bench.TakeText(), Is.EqualTo(new[]
        {
            "TopOfBook BTCUSDT 0..52 bids 61837.63x3.78826 asks 61837.64x1.54698 at 1723161255208001000",
        }));
        Assert.That(bench.Decoder.DepthMessages, Is.Zero);
        Assert.That(bench.Feed((Top() with { Ids = [0] }).Bytes()).Fault, Is.EqualTo(FaultCode.MalformedMessage));
        Assert.That(bench.Feed((Top() with { Tail = [0] }).Bytes()).Fault, Is.EqualTo(FaultCode.MalformedMessage));
    }

    [Test]
    public void OtherTemplatesAndSymbolsSayNothingOfABook()
    {
        using var bench = Bench("BTCUSDT");

        Assert.That(bench.Feed(new SbeMessage { Template = 10_000 }.Bytes()).Kind, Is.EqualTo(FrameKind.Ignored));
        Assert.That(bench.Feed(new SbeMessage { Template = 10_002 }.Bytes()).Kind, Is.EqualTo(FrameKind.Ignored));
        Assert.That(bench.Feed(new SbeMessage { Symbol = "DOGEUSDT" }.Bytes()).Kind, Is.EqualTo(FrameKind.Ignored));
        Assert.That(bench.Feed(new SbeMessage { Symbol = "" }.Bytes()).Kind, Is.EqualTo(FrameKind.Ignored));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [TestCase("""{"result":null,"id":1}""", FrameKind.Acknowledged)]
    [TestCase("""{"code":2,"msg":"Invalid request: unknown variant","id":1}""", FrameKind.Refused)]
    [TestCase("""{"e":"serverShutdown","E":1770123456789}""", FrameKind.ReconnectRequested)]
    [TestCase("""{"result":null""", FrameKind.Failed)]
    public void AnswersAreText(string frame, FrameKind kind)
    {
        using var bench = Bench("BTCUSDT");

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(kind));
    }

    [Test]
    public void NothingIsAllocated()
    {
        using var bench = Bench("BTCUSDT");
        bench.Intake.Declare(0, 2, 5);
        byte[][] frames = [new SbeMessage().Bytes(), Top().Bytes(), new SbeMessage { PriceExponent = -2 }.Bytes()];
        Feed(bench, frames, 200);
        using (NoAllocation.Begin())
        {
            Feed(bench, frames, 200);
        }
    }

    private static void Feed(DecoderBench bench, byte[][] frames, int times)
    {
        for (var time = 0; time < times; time++)
        {
            foreach (var frame in frames)
            {
                bench.Feed(frame);
                bench.Drop();
            }
        }
    }

    private static SbeMessage Top() => new()
    {
        Template = 10_001,
        Ids = [52],
        Bids = [(6_183_763_000_000, 378_826_000)],
        Asks = [(6_183_764_000_000, 154_698_000)],
    };
}
