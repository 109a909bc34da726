using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

using static LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;   // in here, so that Text is the frame, not the folder

public sealed class MessageReaderTests
{
    [Test]
    public void MessagesOfEveryLengthFormComeOutWhole(
        [Values(0, 1, 125, 126, 127, 128, 65535, 65536, 200_000)] int length,
        [Values(1, 2)] int opCode,
        [Values(1, 997, 2048, 64 * 1024, int.MaxValue)] int piece)
    {
        var payload = Filler(length);
        var kind = opCode == 1 ? MessageKind.Text : MessageKind.Binary;

        var found = FedReader.ReadAll(Join(Frame(opCode, payload), TextOf("next")), piece);

        Assert.That(found, Is.EqualTo((string[])[$"{kind} {FedReader.Show(payload)}", "Text next"]));
    }

    public static IEnumerable<TestCaseData> Streams()
    {
        yield return Case("OneText", TextOf("Hello"), "Text Hello");
        yield return Case("EmptyText", TextOf(""), "Text ");
        yield return Case("EmptyFragments", Join(TextOf("", false), More("", false), More("")), "Text ");
        yield return Case("EmptyAroundPayload", Join(TextOf("", false), More("x", false), More("")), "Text x");
        yield return Case("TwoFragments", Join(TextOf("frag", false), More("ment")), "Text fragment");
        yield return Case(
            "ControlsBetweenFragments",
            Join(TextOf("a", false), Ping("p"), More("b", false), Pong("q"), More("c"), Binary([1])),
            "Ping p", "Pong q", "Text abc", "Binary \u0001");
        yield return Case(
            "CloseBetweenFragments", Join(TextOf("a", false), Close(1000, "r")), "Close \u0003\u00e8r");
        yield return Case(
            "CharacterCutByFragments", Join(TextOf([0xCE], false), More([0xBA, 0xE1], false), More([0xBD, 0xB9])),
            "Text \u00ce\u00ba\u00e1\u00bd\u00b9");
        yield return Case("TwoMessagesOfFragments",
            Join(TextOf("a", false), More("b"), Frame(2, [7], fin: false), More([8])),
            "Text ab", "Binary \u0007\u0008");
        yield return Case(
            "ReservedBit1", Join(TextOf("ok"), Frame(1, [65], reserved: 4)), "Text ok", "fault ReservedBits");
        yield return Case("ReservedBit2", Frame(9, [], reserved: 2), "fault ReservedBits");
        yield return Case("ReservedBit3", Frame(8, [], reserved: 1), "fault ReservedBits");
        yield return Case("MaskedText", Bytes("81 85 01 02 03 04 69 67 6f 68 6e"), "fault MaskedFrame");
        yield return Case("FragmentedPing", Frame(9, [], fin: false), "fault FragmentedControl");
        yield return Case("FragmentedClose", Frame(8, [], fin: false), "fault FragmentedControl");
        yield return Case("PingOf126", Frame(9, Filler(126)), "fault ControlTooLong");
        yield return Case("CloseOf65536", Bytes("88 7f"), "fault ControlTooLong");
        yield return Case("Length125In16Bits", Bytes("81 7e 00 7d"), "fault LengthNotMinimal");
        yield return Case("Length65535In64Bits", Bytes("82 7f 00 00 00 00 00 00 ff ff"), "fault LengthNotMinimal");
        yield return Case("ContinuationOfNothing", More("x"), "fault UnexpectedContinuation");
        yield return Case(
            "ContinuationAfterTheEnd", Join(TextOf("a", false), More("b"), More("c")),
            "Text ab", "fault UnexpectedContinuation");
        yield return Case("NewTextInsideMessage", Join(TextOf("a", false), TextOf("b")), "fault ContinuationExpected");
        yield return Case(
            "NewBinaryInsideMessage", Join(TextOf("a", false), Binary([1])), "fault ContinuationExpected");
        yield return Case("NotUtf8", TextOf([0x61, 0xC0, 0xAF]), "fault TextNotUtf8");
        yield return Case("CutAtTheEnd", TextOf([0x61, 0xE2, 0x82]), "fault TextNotUtf8");
        yield return Case("CutAtTheEndOfFragments", Join(TextOf([0xE2], false), More([0x82])), "fault TextNotUtf8");
        foreach (var opCode in (int[])[3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
        {
            yield return Case($"ReservedOpCode{opCode}", Frame(opCode, []), "fault ReservedOpCode");
        }
    }

    [TestCaseSource(nameof(Streams))]
    public void StreamReadsTheSameHoweverItIsCut(byte[] stream, string[] expected)
    {
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            var fed = new FedReader();
            fed.Feed(stream.AsSpan(0, cut));
            fed.Feed(stream.AsSpan(cut));
            Assert.That(fed.Found, Is.EqualTo(expected), $"cut at {cut}");
        }

        Assert.That(FedReader.ReadAll(stream, 1), Is.EqualTo(expected), "byte by byte");
    }

    [Test]
    public void BadTextIsRefusedBeforeItsFrameIsWhole()
    {
        var fed = new FedReader();

        fed.Feed(TextOf([0x61, 0x62, 0xED, 0xA0, 0x80, 0x63, 0x64]).AsSpan(0, 6));

        Assert.That(fed.Found, Is.EqualTo((string[])["fault TextNotUtf8"]), "ED A0 begins a surrogate");
    }

    [Test]
    public void FrameOutOfOrderIsRefusedAtItsFirstByte()
    {
        var fed = new FedReader();

        fed.Feed(Join(TextOf("a", false), [0x81]));

        Assert.That(fed.Found, Is.EqualTo((string[])["fault ContinuationExpected"]));
    }

    [TestCase("82 7f 00 00 00 00 01 00 00 01", "FrameTooLarge")]
    [TestCase("82 7f 7f ff ff ff ff ff ff ff", "FrameTooLarge")]
    [TestCase("82 7f 80 00 00 00 00 00 00 00", "FrameTooLarge")]
    [TestCase("82 7f ff ff ff ff ff ff ff ff", "FrameTooLarge")]
    public void FrameBeyondTheCapIsRefusedBeforeMemoryIsTaken(string header, string fault)
    {
        var fed = new FedReader(new WebSocketLimits { MaxFrameBytes = 16 * 1024 * 1024 });
        var before = fed.Reader.HeldBytes;

        fed.Feed(Bytes(header));

        Assert.That(fed.Found, Is.EqualTo((string[])[$"fault {fault}"]));
        Assert.That(fed.Reader.HeldBytes, Is.EqualTo(before));
    }

    [Test]
    public void AnnouncedLengthTakesNoMemoryUntilBytesCome()
    {
        var fed = new FedReader();
        var before = fed.Reader.HeldBytes;

        fed.Feed(Bytes("82 7f 00 00 00 00 01 00 00 00"));
        fed.Feed(Filler(1000));

        Assert.That(fed.Found, Is.Empty);
        Assert.That(fed.Reader.HeldBytes, Is.EqualTo(before));
    }

    [Test]
    public void MessageBeyondTheCapIsRefusedAtTheFragmentThatCrossesIt()
    {
        var limits = new WebSocketLimits { MaxMessageBytes = 1000, MaxFrameBytes = 800 };

        var within = FedReader.ReadAll(Join(Binary(Filler(800), false), More(Filler(200))), 100, limits);
        var beyond = FedReader.ReadAll(Join(Binary(Filler(800), false), More(Filler(201))[..4]), 100, limits);

        Assert.That(within, Has.Count.EqualTo(1).And.All.StartsWith("Binary 1000 bytes"));
        Assert.That(beyond, Is.EqualTo((string[])["fault MessageTooLarge"]));
    }

    [Test]
    public void MessageOfExactlyTheCapFitsAndIsTheLargestMemory()
    {
        var limits = new WebSocketLimits { MaxFrameBytes = 1_000_000, MaxMessageBytes = 1_000_000 };
        var fed = new FedReader(limits);

        fed.Feed(Join(TextOf("first"), Binary(Filler(1_000_000)), TextOf("last")));

        Assert.That(fed.Found, Has.Count.EqualTo(3));
        Assert.That(fed.Found[1], Is.EqualTo($"Binary {FedReader.Show(Filler(1_000_000))}"));
        Assert.That(fed.Reader.HeldBytes, Is.LessThanOrEqualTo(1_000_000));
    }

    [Test]
    public void FragmentsBeyondTheCountAreRefusedEvenWhenTheyAreEmpty()
    {
        var limits = new WebSocketLimits { MaxFragments = 100 };
        var flood = Enumerable.Repeat(More("", false), 1_000).ToArray();

        var within = FedReader.ReadAll(Join([TextOf("", false), .. flood[..98], More("end")]), 7, limits);
        var beyond = FedReader.ReadAll(Join([TextOf("", false), .. flood]), 7, limits);

        Assert.That(within, Is.EqualTo((string[])["Text end"]));
        Assert.That(beyond, Is.EqualTo((string[])["fault TooManyFragments"]));
    }

    [Test]
    public void ManyMessagesPassThroughTheSameMemory()
    {
        var fed = new FedReader(new WebSocketLimits { InitialBufferBytes = 4096 });
        var before = fed.Reader.HeldBytes;
        var messages = Enumerable.Range(0, 2_000).Select(i => TextOf($"message {i} {new string('x', i % 700)}"));
        var stream = Join(messages.ToArray());

        fed.Feed(stream);

        Assert.That(fed.Found, Has.Count.EqualTo(2_000));
        Assert.That(fed.Found[1_400], Is.EqualTo("Text message 1400 "));
        Assert.That(fed.Reader.HeldBytes, Is.EqualTo(before));
    }

    private static TestCaseData Case(string name, byte[] stream, params string[] expected) =>
        new TestCaseData(stream, expected).SetArgDisplayNames(name);
}
