using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

/// <summary>Reading that never waits, plain and under TLS.</summary>
[Category(Categories.Loopback)]
[TestFixture(false)]
[TestFixture(true)]
public sealed class PolledReadTests(bool isSecure) : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly SocketWait _wait = new(1);

    public void Dispose()
    {
        _wait.Dispose();
        _authority.Dispose();
    }

    [Test]
    public void NothingIsThereUntilAMessageIsWhole()
    {
        using var go = new SemaphoreSlim(0);
        byte[] frame = ServerFrames.TextOf(ServerFrames.Filler(70_000));   // several records of TLS
        using var peer = Peer(stream =>
        {
            stream.Upgrade();
            Await(go);
            stream.Send(frame.AsSpan(0, 40_000));
            Await(go);
            stream.Send(frame.AsSpan(40_000));
            stream.ReadToEnd();
        });
        using var connection = Open(peer);

        Assert.That(connection.TryReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Nothing));
        Assert.That(connection.Fault.Code, Is.EqualTo(WebSocketFaultCode.None));
        go.Release();
        PollUntil(connection, () => connection.BytesReceived >= 40_000);
        Assert.That(connection.TryReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Nothing));
        go.Release();

        Assert.That(Next(connection, out var text), Is.EqualTo(ReadOutcome.Message));
        Assert.That(text, Is.EqualTo(Encoding.ASCII.GetString(ServerFrames.Filler(70_000))));
        Assert.That(Encoding.ASCII.GetString(connection.LastMessage), Is.EqualTo(text));
        Assert.That(connection.TryReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Nothing));
        Assert.That(connection.LastMessage.IsEmpty, Is.True);
    }

    [Test]
    public void MessagesOfOneReceiveAreHandedOutOneByOne()
    {
        using var peer = Peer(stream =>
        {
            stream.Upgrade();
            stream.Send(ServerFrames.Join(
                ServerFrames.TextOf("one"),
                ServerFrames.TextOf("tw", fin: false),
                ServerFrames.Ping("beat"),
                ServerFrames.More("o"),
                ServerFrames.TextOf("three")));
            Assert.That(stream.ReadFrame()!.OpCode, Is.EqualTo(10), "the ping is answered");
            stream.ReadToEnd();
        });
        using var connection = Open(peer);

        var texts = new List<string>();
        for (var message = 0; message < 3; message++)
        {
            Assert.That(Next(connection, out var text), Is.EqualTo(ReadOutcome.Message));
            texts.Add(text);
            Assert.That(Encoding.ASCII.GetString(connection.LastMessage), Is.EqualTo(text));
        }

        Assert.That(texts, Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public void ByteByByteIsReadAsOne()
    {
        using var peer = Peer(stream =>
        {
            stream.Upgrade();
            stream.SendChopped(ServerFrames.Join(ServerFrames.TextOf("drop"), ServerFrames.TextOf("by drop")), 1);
            stream.ReadToEnd();
        });
        using var connection = Open(peer);

        Assert.That((Next(connection, out var first), first), Is.EqualTo((ReadOutcome.Message, "drop")));
        Assert.That((Next(connection, out var second), second), Is.EqualTo((ReadOutcome.Message, "by drop")));
    }

    [Test]
    public void CloseOfThePeerIsToldAndAnswered()
    {
        using var peer = Peer(stream =>
        {
            stream.Upgrade();
            stream.Send(ServerFrames.Join(ServerFrames.TextOf("last"), ServerFrames.Close(1001, "moving")));
            Assert.That(stream.ReadFrame()!.OpCode, Is.EqualTo(8));
        });
        using var connection = Open(peer);

        Assert.That(Next(connection, out _), Is.EqualTo(ReadOutcome.Message));
        Assert.That(Next(connection, out _), Is.EqualTo(ReadOutcome.Closed));
        Assert.That(connection.Fault.CloseCode, Is.EqualTo(CloseCode.GoingAway));
        Assert.That(connection.TryReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Closed), "it stays closed");
    }

    [Test]
    public void EndOfTheStreamIsAFault()
    {
        using var peer = Peer(stream =>
        {
            stream.Upgrade();
            stream.Send(ServerFrames.TextOf("half").AsSpan(0, 3));
        });
        using var connection = Open(peer);

        Assert.That(Next(connection, out _), Is.EqualTo(ReadOutcome.Failed));
        Assert.That(connection.Fault.Code, Is.EqualTo(WebSocketFaultCode.PeerClosed));
    }

    [Test]
    public void PeerThatTakesNothingIsGivenUpAtTheLimit()
    {
        using var done = new SemaphoreSlim(0);
        using var peer = Peer(stream =>
        {
            stream.Socket.ReceiveBufferSize = 4_096;
            stream.Upgrade();
            Await(done);
        });
        using var connection = Open(peer);
        connection.LimitSends(TimeSpan.FromMilliseconds(1));
        var payload = ServerFrames.Filler(100_000);
        var sent = 0;
        while (connection.TrySendBinary(payload))
        {
            Assert.That(++sent, Is.LessThan(10_000), "the kernel takes for ever");
        }

        done.Release();
        Assert.That(connection.Fault.Code, Is.EqualTo(WebSocketFaultCode.SendTimedOut));
    }

    [Test]
    [Category(Categories.Allocation)]
    public void PollingAllocatesNothing()
    {
        using var peer = Peer(stream =>
        {
            stream.Upgrade();
            byte[] round = ServerFrames.Join(
                ServerFrames.TextOf(ServerFrames.Filler(738)),
                ServerFrames.Binary(ServerFrames.Filler(3_000)));
            while (stream.SendUntilRefused(round))
            {
            }
        });
        using var connection = Open(peer);
        Read(connection, 5_000);

        using (NoAllocation.Begin())
        {
            Read(connection, 10_000);
        }
    }

    private static void Await(SemaphoreSlim go) => Assert.That(go.Wait(TimeSpan.FromSeconds(20)), Is.True);

    private ScriptedPeer Peer(Action<PeerStream> script)
    {
        if (!isSecure)
        {
            return new ScriptedPeer(script);
        }

        var certificate = _authority.Issue("localhost");
        return new ScriptedPeer(script, secure: TestAuthority.Serve(certificate));
    }

    private WebSocketConnection Open(ScriptedPeer peer) => LoopbackClient.Open(LoopbackClient.OptionsFor(peer) with
    {
        Endpoint = new Uri($"{(isSecure ? "wss" : "ws")}://localhost:{peer.Port}/"),
        Tls = new TlsOptions { TrustedRoots = _authority.Roots },
    });

    private ReadOutcome Next(WebSocketConnection connection, out string text)
    {
        var started = Stopwatch.GetTimestamp();
        ReadOutcome outcome;
        while ((outcome = connection.TryReadMessage(out _, out var payload)) == ReadOutcome.Nothing)
        {
            Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(20)));
            Sleep(connection);
        }

        text = Encoding.ASCII.GetString(connection.LastMessage);
        return outcome;
    }

    private void PollUntil(WebSocketConnection connection, Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.That(connection.TryReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Nothing));
            Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(20)));
            Sleep(connection);
        }
    }

    private void Sleep(WebSocketConnection connection)
    {
        _wait.Clear();
        _wait.Add(connection.Handle);
        _wait.Wait(1);
    }

    private static void Read(WebSocketConnection connection, int count)
    {
        while (count > 0)
        {
            var outcome = connection.TryReadMessage(out _, out _);
            if (outcome == ReadOutcome.Message)
            {
                count--;
            }
            else if (outcome != ReadOutcome.Nothing)
            {
                Assert.Fail(connection.Fault.ToString());
            }
        }
    }
}
