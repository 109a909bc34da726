using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;
using static LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Deflate;

/// <summary>Compressed messages without a socket: RFC 7692's own examples, and what is wrong.</summary>
public sealed class CompressedReadTests
{
    /// <summary>The examples of RFC 7692 section 7.2.3, each of the word Hello.</summary>
    private static IEnumerable<TestCaseData> Examples()
    {
        yield return Case("OneBlock", Bytes("c1 07 f2 48 cd c9 c9 07 00"), "Text Hello");
        yield return Case("Fragments", Bytes("41 03 f2 48 cd 80 04 c9 c9 07 00"), "Text Hello");
        yield return Case(
            "SharedWindow", Bytes("c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00"), "Text Hello", "Text Hello");
        yield return Case("NoCompression", Bytes("c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00"), "Text Hello");
        yield return Case("FinalBlock", Bytes("c1 08 f3 48 cd c9 c9 07 00 00"), "Text Hello");
        yield return Case(
            "FinalBlocksAndOthers",
            Bytes("c1 07 f2 48 cd c9 c9 07 00 c1 08 f3 48 cd c9 c9 07 00 00 c1 07 f2 48 cd c9 c9 07 00"),
            "Text Hello", "Text Hello", "Text Hello");
        yield return Case("FinalBlockToTheEnd", Bytes("c1 07 f3 48 cd c9 c9 07 00"), "Text Hello");
        yield return Case(
            "FinalBlockThatIsTheTail", Bytes("c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 01 c1 07 f2 48 cd c9 c9 07 00"),
            "Text Hello", "Text Hello");
        yield return Case(
            "WindowGivenUpByAFinalBlock", Bytes("c1 08 f3 48 cd c9 c9 07 00 00 c1 05 f2 00 11 00 00"),
            "Text Hello", "fault DeflateInvalid");
        yield return Case("FinalBlockAndMore", Bytes("c1 08 f3 48 cd c9 c9 07 00 f2"), "fault DeflateInvalid");
        yield return Case("FinalBlockCutShort", Bytes("c1 05 f3 48 cd c9 c9"), "fault DeflateInvalid");
        yield return Case("TwoBlocks", Bytes("c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00"), "Text Hello");
        yield return Case("Empty", Bytes("c1 01 00 c1 07 f2 48 cd c9 c9 07 00"), "Text ", "Text Hello");
        yield return Case("NoPayload", Bytes("c1 00 c1 07 f2 48 cd c9 c9 07 00"), "Text ", "Text Hello");
        yield return Case(
            "PlainBetween", Bytes("c1 07 f2 48 cd c9 c9 07 00 81 01 41 c1 05 f2 00 11 00 00"),
            "Text Hello", "Text A", "Text Hello");
        yield return Case(
            "PingBetween", Join(Bytes("41 03 f2 48 cd"), Ping("p"), Bytes("80 04 c9 c9 07 00")),
            "Ping p", "Text Hello");
        yield return Case("Binary", Bytes("c2 07 f2 48 cd c9 c9 07 00"), "Binary Hello");
        yield return Case("EmptyFragments", Bytes("41 00 00 00 00 07 f2 48 cd c9 c9 07 00 80 00"), "Text Hello");
        yield return Case("BadBlock", Bytes("c1 03 07 00 00"), "fault DeflateInvalid");
        yield return Case("BackBeyondTheStart", Bytes("c1 05 f2 00 11 00 00"), "fault DeflateInvalid");
        yield return Case(
            "GoesOnBehindAFinalBlock", Bytes("c1 0e f3 48 cd c9 c9 07 00 f2 48 cd c9 c9 07 00"),
            "fault DeflateInvalid");
        yield return Case("NotUtf8", Compressed([0x61, 0xC0, 0xAF]), "fault TextNotUtf8");
        yield return Case("CutCharacter", Compressed([0x61, 0xE2, 0x82]), "fault TextNotUtf8");
        yield return Case("CompressedPing", Bytes("c9 00"), "fault ReservedBits");
        yield return Case("CompressedClose", Bytes("c8 00"), "fault ReservedBits");
        yield return Case("CompressedContinuation", Bytes("41 01 00 c0 00"), "fault ReservedBits");
        yield return Case("OtherBit", Bytes("e1 00"), "fault ReservedBits");
        yield return Case("OtherBitAlone", Bytes("91 00"), "fault ReservedBits");
        yield return Case("CompressedReservedOpCode", Bytes("c3 00"), "fault ReservedBits");
    }

    [TestCaseSource(nameof(Examples))]
    public void StreamReadsTheSameHoweverItIsCut(byte[] stream, string[] expected)
    {
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            var fed = Fed();
            fed.Feed(stream.AsSpan(0, cut));
            fed.Feed(stream.AsSpan(cut));
            Assert.That(fed.Found, Is.EqualTo(expected), $"cut at {cut}");
        }

        var drip = Fed();
        foreach (var b in stream)
        {
            drip.Feed([b]);
        }

        Assert.That(drip.Found, Is.EqualTo(expected), "byte by byte");
    }

    /// <summary>RFC 7692 section 8: compression multiplies; the cap is what counts.</summary>
    [TestCase(0, "Binary 1000000 bytes")]
    [TestCase(1, "fault InflatedTooLarge")]
    [TestCase(100_000_000, "fault InflatedTooLarge")]
    [TestCase(100_000_000, "fault InflatedTooLarge", true)]
    public void BombIsRefusedAtTheCapAndTakesNoMoreMemory(int beyond, string expected, bool endsWithFinalBlock = false)
    {
        var limits = new WebSocketLimits { MaxFrameBytes = 1_000_000, MaxMessageBytes = 1_000_000 };
        var bomb = Frame(2, DeflatedZeros(1_000_000 + beyond, endsWithFinalBlock), reserved: 4);
        var fed = Fed(limits);

        fed.Feed(bomb);

        Assert.That(bomb, Has.Length.LessThan(1_000_000));
        Assert.That(fed.Found, Has.Count.EqualTo(1).And.All.StartsWith(expected));
        Assert.That(fed.Reader.HeldBytes, Is.LessThanOrEqualTo(2_000_001));
    }

    [Test]
    public void RandomBytesNeverThrow()
    {
        var random = Seeded.Random();
        var messages = Enumerable.Range(0, 20).Select(_ => Compressed(Filler(random.Next(300)))).ToArray();
        for (var run = 0; run < 3_000; run++)
        {
            var stream = Join(messages[random.Next(20)], messages[random.Next(20)]);
            for (var changes = random.Next(4); changes > 0; changes--)
            {
                stream[random.Next(stream.Length)] = (byte)random.Next(256);
            }

            var fed = Fed(new WebSocketLimits { MaxMessageBytes = 50_000, MaxFrameBytes = 20_000 });
            fed.Feed(stream);
            Assert.That(fed.Reader.HeldBytes, Is.LessThanOrEqualTo(250_000), Convert.ToHexString(stream));
        }
    }

    [Test]
    [Category(Categories.Allocation)]
    public void InflatingTakesNoMemory()
    {
        var peer = new DeflatePeer(DeflatePeer.Unlimited);
        var payloads = TestPayloads.Json();
        var frames = Enumerable.Range(0, 3_000)
            .Select(i => Join(Fragments(1, peer.Compress(payloads.Next(700)), i % 5 == 0 ? 40 : 4096, true)))
            .ToArray();
        var reader = new MessageReader(new WebSocketLimits());
        reader.AllowCompressed();
        Read(reader, frames.AsSpan(0, 1_000));

        using (NoAllocation.Begin())
        {
            Read(reader, frames.AsSpan(1_000));
        }
    }

    private static void Read(MessageReader reader, ReadOnlySpan<byte[]> frames)
    {
        foreach (var frame in frames)
        {
            frame.CopyTo(reader.Room());
            reader.Commit(frame.Length);
            if (reader.Read(out _, out var payload) != ReadEvent.Message || payload.Length != 700)
            {
                Assert.Fail($"{reader.Fault}");
            }

            if (reader.Read(out _, out _) != ReadEvent.NeedBytes)
            {
                Assert.Fail("more than was sent");
            }
        }
    }

    private static FedReader Fed(WebSocketLimits? limits = null)
    {
        var fed = new FedReader(limits);
        fed.Reader.AllowCompressed();
        return fed;
    }

    private static byte[] Compressed(byte[] message) =>
        Frame(1, new DeflatePeer(DeflatePeer.Unlimited).Compress(message), reserved: 4);

    private static byte[] DeflatedZeros(int count, bool endsWithFinalBlock)
    {
        using var target = new MemoryStream();
        using var deflater = new DeflateStream(target, CompressionLevel.SmallestSize, leaveOpen: true);
        var zeros = new byte[1_000_000];
        for (var left = count; left > 0; left -= zeros.Length)
        {
            deflater.Write(zeros.AsSpan(0, Math.Min(left, zeros.Length)));
        }

        if (endsWithFinalBlock)
        {
            deflater.Dispose();
            return target.ToArray();
        }

        deflater.Flush();
        return target.ToArray()[..^4];
    }

    private static TestCaseData Case(string name, byte[] stream, params string[] expected) =>
        new TestCaseData(stream, expected).SetArgDisplayNames(name);
}
