using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

[Category(Categories.Loopback)]
public sealed class WebSocketConnectionTests
{
    [Test]
    public void PeersCloseIsEchoedAndSurfacesWithCodeAndReason()
    {
        PeerFrame? echo = null;
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(ServerFrames.Close(1012, "maintenance \u20ac"));
            echo = stream.ReadFrame();
        });
        using var connection = LoopbackClient.Open(peer);

        var outcome = connection.ReadMessage(out _, out _);
        peer.Dispose();

        Assert.That(outcome, Is.EqualTo(ReadOutcome.Closed));
        Assert.That(connection.Fault, Is.EqualTo(new WebSocketFault(
            WebSocketFaultCode.ClosedByPeer, "maintenance \u20ac", CloseCode.ServiceRestart)));
        Assert.That(echo!.CloseCode, Is.EqualTo(1012));
        Assert.That(connection.TrySendText("late"u8), Is.False);
        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Closed), "and stays so");
    }

    [Test]
    public void OurCloseWaitsForTheEchoAndDropsLateMessages()
    {
        PeerFrame? close = null;
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            close = stream.ReadFrame();
            stream.Send(ServerFrames.Join(ServerFrames.TextOf("late"), ServerFrames.Ping(), ServerFrames.Close(4000)));
        });
        using var connection = LoopbackClient.Open(peer);

        var isClean = connection.Close((CloseCode)4000, "done");
        peer.Dispose();

        Assert.That(isClean, Is.True);
        Assert.That(close!.CloseCode, Is.EqualTo(4000));
        Assert.That(close.Text[2..], Is.EqualTo("done"));
        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Failed));
        Assert.That(connection.Fault.Code, Is.EqualTo(WebSocketFaultCode.ClosedByUs));
    }

    [Test]
    public void CloseGivesUpOnAPeerThatNeverEchoes()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            stream.ReadToEnd();
        });
        var options = LoopbackClient.OptionsFor(peer) with { CloseLimit = TimeSpan.FromMilliseconds(200) };
        using var connection = LoopbackClient.Open(options);
        var clock = Stopwatch.StartNew();

        Assert.That(connection.Close(CloseCode.Normal), Is.False);
        Assert.That(clock.Elapsed, Is.InRange(TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void CloseGivesUpOnAPeerThatKeepsSending()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            while (stream.SendUntilRefused(ServerFrames.Binary(new byte[60_000])))
            {
            }
        });
        var options = LoopbackClient.OptionsFor(peer) with { CloseLimit = TimeSpan.FromMilliseconds(200) };
        using var connection = LoopbackClient.Open(options);
        var clock = Stopwatch.StartNew();

        Assert.That(connection.Close(CloseCode.Normal), Is.False);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void CloseAfterAStopStillShakesHands()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            Assert.That(stream.ReadFrame()!.CloseCode, Is.EqualTo(1001));
            stream.Send(ServerFrames.Close(1001));
        });
        var isStopping = false;
        using var connection = LoopbackClient.Open(peer, new IdleCallback(() => !isStopping));
        isStopping = true;

        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Stopped));
        Assert.That(connection.Close(CloseCode.GoingAway), Is.True);
    }

    [TestCase((ushort)1005, "")]
    [TestCase((ushort)999, "")]
    public void CloseCodeThatMustNotBeSentIsRefused(ushort code, string reason)
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            stream.ReadToEnd();
        });
        using var connection = LoopbackClient.Open(peer);

        Assert.That(() => connection.Close((CloseCode)code, reason), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => connection.Close(CloseCode.Normal, new string('x', 124)), Throws.ArgumentException);
        Assert.That(() => connection.TrySendPing(new byte[126]), Throws.ArgumentException);
    }

    [Test]
    public void StreamThatEndsWithoutACloseFrameIsAFault()
    {
        using var peer = new ScriptedPeer(stream => stream.Upgrade(ServerFrames.TextOf("whole")));
        using var connection = LoopbackClient.Open(peer);

        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Message));
        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Failed));
        Assert.That(connection.Fault.Code, Is.EqualTo(WebSocketFaultCode.PeerClosed));
        Assert.That(connection.Fault.CloseCode, Is.EqualTo(CloseCode.Abnormal));
    }

    [Test]
    public void ResetInTheMiddleOfAFrameIsAFault()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(ServerFrames.TextOf("cut short")[..5]);
            stream.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        });
        using var connection = LoopbackClient.Open(peer);

        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Failed));
        Assert.That(connection.Fault.Code, Is.EqualTo(WebSocketFaultCode.ConnectionLost), connection.Fault.Text);
    }

    [TestCase("82 7f 00 00 00 00 01 00 00 01", 1009, WebSocketFaultCode.FrameTooLarge)]
    [TestCase("82 7f 80 00 00 00 00 00 00 00", 1009, WebSocketFaultCode.FrameTooLarge)]
    [TestCase("02 7e 03 00", 1009, WebSocketFaultCode.MessageTooLarge)]
    [TestCase("01 00 00 00 00 00 00 00", 1008, WebSocketFaultCode.TooManyFragments)]
    [TestCase("81 7e 00 01", 1002, WebSocketFaultCode.LengthNotMinimal)]
    [TestCase("81 80", 1002, WebSocketFaultCode.MaskedFrame)]
    public void PeerIsToldTheRightCodeBeforeTheReadReturns(string bytes, int closeCode, WebSocketFaultCode expected)
    {
        PeerFrame? close = null, after = null;
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(ServerFrames.Bytes(bytes));
            close = stream.ReadFrame();
            after = stream.ReadFrame();
        });
        var limits = new WebSocketLimits { MaxFrameBytes = 4096, MaxMessageBytes = 512, MaxFragments = 3 };
        using var connection = LoopbackClient.Open(LoopbackClient.OptionsFor(peer) with { Limits = limits });

        var outcome = connection.ReadMessage(out _, out _);
        peer.Dispose();

        Assert.That(outcome, Is.EqualTo(ReadOutcome.Failed));
        Assert.That(connection.Fault.Code, Is.EqualTo(expected));
        Assert.That(close!.CloseCode, Is.EqualTo(closeCode));
        Assert.That(close.Text[2..], Is.EqualTo(connection.Fault.Text), "the reason names the rule");
        Assert.That(after, Is.Null, "our side of the stream has ended");
    }

    [Test]
    public void PingFloodDoesNotStarveMessagesAndIsAnsweredInBoundedNumber()
    {
        const int Pings = 50_000, Rounds = 20;
        var pongs = new List<string>();
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            var reader = new Thread(() =>
            {
                while (stream.ReadFrame() is { OpCode: not 8 } pong)
                {
                    pongs.Add(pong.Text);
                }
            });
            reader.Start();
            for (var round = 0; round < Rounds; round++)
            {
                var flood = new List<byte>();
                for (var i = 0; i < Pings / Rounds; i++)
                {
                    flood.AddRange(ServerFrames.Ping($"{round}-{i}"));
                }

                stream.Send([.. flood, .. ServerFrames.TextOf($"{round}")]);
            }

            stream.Send(ServerFrames.Close(1000));
            Assert.That(reader.Join(10_000), Is.True);
        });
        using var connection = LoopbackClient.Open(peer);

        var messages = new List<string>();
        while (connection.ReadMessage(out _, out var payload) == ReadOutcome.Message)
        {
            messages.Add(Encoding.UTF8.GetString(payload));
        }

        peer.Dispose();
        Assert.That(messages, Has.Count.EqualTo(Rounds));
        Assert.That(connection.PingsReceived, Is.EqualTo(Pings));
        Assert.That(pongs, Has.Count.LessThanOrEqualTo(16 * (connection.Batches + Rounds + 1)));
        Assert.That(pongs, Does.Contain($"{Rounds - 1}-{(Pings / Rounds) - 1}"), "the most recent ping is answered");
    }

    [Test]
    public void UnsolicitedPongsAndPingsAreSignsOfLifeOnly()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(ServerFrames.Join(ServerFrames.Pong("a"), ServerFrames.Pong(), ServerFrames.TextOf("x")));
            var ping = stream.ReadFrame()!;
            stream.Send(ServerFrames.Join(ServerFrames.Pong(ping.Text), ServerFrames.TextOf("y")));
            stream.ReadToEnd();
        });
        using var connection = LoopbackClient.Open(peer);

        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Message));
        Assert.That(connection.PongsReceived, Is.EqualTo(2));
        Assert.That(connection.TrySendPing("are you there"u8), Is.True);
        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Message));
        Assert.That(connection.PongsReceived, Is.EqualTo(3));
    }

    [Test]
    public void IdleCallbackMaySendOnTheConnectionItWaitsOn()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            stream.Send(ServerFrames.TextOf(stream.ReadFrame()!.Text));
            stream.ReadToEnd();
        });
        WebSocketConnection? connection = null;
        var hasSent = false;
        var idle = new IdleCallback(() =>
        {
            hasSent = hasSent || (connection?.TrySendText("subscribe"u8) ?? false);
            return true;
        });
        using (connection = LoopbackClient.Open(peer, idle))
        {
            connection.ReadMessage(out _, out var payload);
            Assert.That(Encoding.UTF8.GetString(payload), Is.EqualTo("subscribe"));
        }
    }

    [Test]
    public void LargeMessageOfOursArrivesWhole()
    {
        var sent = ServerFrames.Filler(3_000_000);
        byte[]? received = null;
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            received = stream.ReadFrame()!.Payload;
        });
        using var connection = LoopbackClient.Open(peer);

        Assert.That(connection.TrySendBinary(sent), Is.True);
        peer.Dispose();
        Assert.That(received!.AsSpan().SequenceEqual(sent), Is.True);
    }

    [Test]
    public void DisposeFromAnotherThreadEndsAReadPromptly()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade();
            stream.ReadToEnd();
        });
        var options = LoopbackClient.OptionsFor(peer) with { IdleInterval = TimeSpan.FromSeconds(60) };
        var connection = LoopbackClient.Open(options);
        var outcome = ReadOutcome.Message;
        using var isReading = new ManualResetEventSlim();
        var reader = new Thread(() =>
        {
            isReading.Set();
            outcome = connection.ReadMessage(out _, out _);
        });
        reader.Start();
        isReading.Wait();

        connection.Dispose();

        Assert.That(reader.Join(5_000), Is.True);
        Assert.That(outcome, Is.EqualTo(ReadOutcome.Failed));
        Assert.That(connection.Fault.Code, Is.EqualTo(WebSocketFaultCode.Disposed), connection.Fault.Text);
    }

    [Test]
    public void FaultNumbersOfTheByteStreamAreTheTransports()
    {
        foreach (var code in Enum.GetValues<Wire.Transport.TransportFaultCode>())
        {
            Assert.That(Enum.IsDefined((WebSocketFaultCode)code), Is.True, $"{code}");
            Assert.That(((WebSocketFaultCode)code).ToString(), Is.EqualTo($"{code}"));
        }
    }
}
