using System;
using System.Collections.Generic;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

[Category(Categories.Allocation)]
[Category(Categories.Loopback)]
public sealed class AllocationTests
{
    private const int WarmUp = 5_000;
    private const int Measured = 20_000;

    [TestCase(ReceiveMode.Blocking)]
    [TestCase(ReceiveMode.Polling)]
    public void ReadingTakesNoMemory(ReceiveMode mode)
    {
        using var peer = new ScriptedPeer(Flood);
        using var connection = LoopbackClient.Open(LoopbackClient.OptionsFor(peer) with { ReceiveMode = mode });

        Measure(connection);
    }

    [Test]
    public void ReadingUnderTlsTakesNoMemory()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("localhost");
        using var peer = new ScriptedPeer(Flood, secure: TestAuthority.Serve(certificate));
        using var connection = LoopbackClient.Open(LoopbackClient.OptionsFor(peer) with
        {
            Endpoint = new Uri($"wss://localhost:{peer.Port}/"),
            Tls = new TlsOptions { TrustedRoots = authority.Roots },
        });

        Measure(connection);
    }

    [Test]
    public void SendingTakesNoMemory([Values] bool isSecure)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("localhost");
        using var peer = new ScriptedPeer(
            stream =>
            {
                stream.Upgrade();
                stream.ReadToEnd();
            },
            secure: isSecure ? TestAuthority.Serve(certificate) : null);
        using var connection = LoopbackClient.Open(LoopbackClient.OptionsFor(peer) with
        {
            Endpoint = new Uri($"{(isSecure ? "wss" : "ws")}://localhost:{peer.Port}/"),
            Tls = new TlsOptions { TrustedRoots = authority.Roots },
        });
        Send(connection, WarmUp);

        using (NoAllocation.Begin())
        {
            Send(connection, Measured);
        }
    }

    private static void Measure(WebSocketConnection connection)
    {
        Read(connection, WarmUp);

        using (NoAllocation.Begin())
        {
            Read(connection, Measured);
        }

        Assert.That(connection.PingsReceived, Is.GreaterThan(0));
    }

    private static void Read(WebSocketConnection connection, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (connection.ReadMessage(out _, out _) != ReadOutcome.Message)
            {
                Assert.Fail(connection.Fault.ToString());
            }
        }
    }

    private static void Send(WebSocketConnection connection, int count)
    {
        var text = "{\"method\":\"ping\"}"u8;
        for (var i = 0; i < count; i++)
        {
            if (!connection.TrySendText(text))
            {
                Assert.Fail(connection.Fault.ToString());
            }
        }
    }

    /// <summary>Texts and binaries, whole and in fragments, with pings between; more than is measured.</summary>
    private static void Flood(PeerStream stream)
    {
        stream.Upgrade();
        var reader = new System.Threading.Thread(() => stream.ReadToEnd());
        reader.Start();
        var round = new List<byte>();
        for (var i = 0; i < 100; i++)
        {
            round.AddRange(ServerFrames.TextOf(ServerFrames.Filler(738)));
            round.AddRange(ServerFrames.Binary(ServerFrames.Filler(i * 30)));
            round.AddRange(ServerFrames.TextOf("first", fin: false));
            round.AddRange(ServerFrames.Ping("heartbeat"));
            round.AddRange(ServerFrames.More("second"));
        }

        byte[] bytes = [.. round];
        while (stream.SendUntilRefused(bytes))
        {
        }

        Assert.That(reader.Join(10_000), Is.True);
    }
}
