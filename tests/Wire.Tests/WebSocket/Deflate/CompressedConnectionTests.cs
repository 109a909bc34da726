using System;
using System.Collections.Generic;
using System.Text;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Deflate;

[Category(Categories.Loopback)]
public sealed class CompressedConnectionTests
{
    private static readonly DeflateOptions All = new() { CompressFromBytes = 1 };

    [TestCase("c1 03 07 00 00", 1007, WebSocketFaultCode.DeflateInvalid)]
    [TestCase("c1 08 4a ac ff ff ff 00 00 00", 1007, WebSocketFaultCode.DeflateInvalid)]
    [TestCase("c9 00", 1002, WebSocketFaultCode.ReservedBits)]
    public void PeerIsToldTheRightCodeBeforeTheReadReturns(string bytes, int closeCode, WebSocketFaultCode expected) =>
        Fail(ServerFrames.Bytes(bytes), new WebSocketLimits(), closeCode, expected);

    [Test]
    public void BombIsClosedWith1009()
    {
        var bomb = new DeflatePeer(DeflatePeer.Unlimited).Compress(new byte[3_000_000]);
        var limits = new WebSocketLimits { MaxMessageBytes = 1_000_000 };

        Fail(ServerFrames.Frame(2, bomb, reserved: 4), limits, 1009, WebSocketFaultCode.InflatedTooLarge);
    }

    [TestCase("", false, 15)]
    [TestCase("; client_no_context_takeover", true, 15)]
    [TestCase("; client_max_window_bits=8", false, 8)]
    [TestCase("; client_max_window_bits=12; client_no_context_takeover", true, 12)]
    public void OurMessagesKeepToTheTermsAndSomeGoPlain(string answer, bool noTakeover, int bits)
    {
        var sizes = new[] { 10, 99, 100, 255, 256, 257, 5_000, 100_000, 3, 700 };
        var payloads = TestPayloads.Json();
        var sent = Array.ConvertAll(sizes, payloads.Next);
        var received = new List<(bool IsCompressed, byte[] Message)>();
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(extensions: $"permessage-deflate{answer}");
            var codec = new DeflatePeer(new DeflateTerms(false, noTakeover, 15, bits));
            while (stream.ReadFrame() is { OpCode: 1 } frame)
            {
                var isCompressed = (frame.First & 0x40) != 0;
                received.Add((isCompressed, isCompressed ? codec.Inflate(frame.Payload) : frame.Payload));
            }
        });
        var options = LoopbackClient.OptionsFor(peer) with { Deflate = All with { CompressFromBytes = 100 } };
        using (var connection = LoopbackClient.Open(options))
        {
            foreach (var message in sent)
            {
                Assert.That(connection.TrySendText(message), Is.True);
            }
        }

        peer.Dispose();
        Assert.That(received, Has.Count.EqualTo(sent.Length));
        for (var i = 0; i < sent.Length; i++)
        {
            Assert.That(received[i].Message.AsSpan().SequenceEqual(sent[i]), Is.True, $"message {i}");
            Assert.That(received[i].IsCompressed, Is.EqualTo(sizes[i] >= 100), $"message {i}");
        }
    }

    [Test]
    public void WindowIsSharedByMessagesUnlessItWasGivenUp([Values] bool noTakeover)
    {
        var lengths = new List<int>();
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(extensions: "permessage-deflate");
            while (stream.ReadFrame() is { OpCode: 2 } frame)
            {
                lengths.Add(frame.Payload.Length);
            }
        });
        var options = LoopbackClient.OptionsFor(peer) with
        {
            Deflate = All with { ClientNoContextTakeover = noTakeover },
        };
        var message = TestPayloads.Document().Next(2_000);
        using (var connection = LoopbackClient.Open(options))
        {
            Assert.That(connection.TrySendBinary(message) && connection.TrySendBinary(message), Is.True);
        }

        peer.Dispose();
        Assert.That(lengths[0], Is.GreaterThan(1_900), "noise");
        Assert.That(lengths[1], noTakeover ? Is.EqualTo(lengths[0]) : Is.LessThan(100));
    }

    [Test]
    public void LastMessageIsTheInflatedOne()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(ServerFrames.Bytes("c1 07 f2 48 cd c9 c9 07 00"), "permessage-deflate");
            stream.ReadToEnd();
        });
        using var connection = LoopbackClient.Open(LoopbackClient.OptionsFor(peer) with { Deflate = All });

        Assert.That(connection.ReadMessage(out var kind, out var payload), Is.EqualTo(ReadOutcome.Message));
        Assert.That(kind, Is.EqualTo(MessageKind.Text));
        Assert.That(Encoding.ASCII.GetString(payload), Is.EqualTo("Hello"));
        Assert.That(Encoding.ASCII.GetString(connection.LastMessage), Is.EqualTo("Hello"));
        Assert.That(connection.TryReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Nothing));
        Assert.That(connection.LastMessage.IsEmpty, Is.True);
    }

    private static void Fail(byte[] bytes, WebSocketLimits limits, int closeCode, WebSocketFaultCode expected)
    {
        PeerFrame? close = null;
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(bytes, "permessage-deflate");
            close = stream.ReadFrame();
            Assert.That(stream.ReadFrame(), Is.Null, "our side of the stream has ended");
        });
        var options = LoopbackClient.OptionsFor(peer) with { Deflate = All, Limits = limits };
        using var connection = LoopbackClient.Open(options);

        var outcome = connection.ReadMessage(out _, out _);
        peer.Dispose();

        Assert.That(outcome, Is.EqualTo(ReadOutcome.Failed));
        Assert.That(connection.Fault.Code, Is.EqualTo(expected));
        Assert.That(close!.CloseCode, Is.EqualTo(closeCode));
        Assert.That(close.Text[2..], Is.EqualTo(connection.Fault.Text), "the reason names the rule");
    }
}
