using System;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

/// <summary>Opens the client under test towards a scripted peer.</summary>
internal static class LoopbackClient
{
    public static WebSocketOptions OptionsFor(ScriptedPeer peer) => new()
    {
        Endpoint = new Uri($"ws://127.0.0.1:{peer.Port}/stream?x=1"),
        IdleInterval = TimeSpan.FromMilliseconds(5),
        UpgradeLimit = TimeSpan.FromSeconds(10),
    };

    public static WebSocketConnection Open(ScriptedPeer peer, IReceiveIdle? idle = null) =>
        Open(OptionsFor(peer), idle);

    public static WebSocketConnection Open(WebSocketOptions options, IReceiveIdle? idle = null)
    {
        idle ??= IdleCallback.Nothing;
        var opened = WebSocketConnection.TryConnect(options, idle, out var connection, out var fault);
        Assert.That(opened, Is.True, fault.ToString());
        return connection!;
    }

    /// <summary>The fault of a connection that must not come to be.</summary>
    public static WebSocketFault Refused(WebSocketOptions options, IReceiveIdle? idle = null)
    {
        idle ??= IdleCallback.Nothing;
        var opened = WebSocketConnection.TryConnect(options, idle, out var connection, out var fault);
        connection?.Dispose();
        Assert.That(opened, Is.False);
        return fault;
    }

    /// <summary>Sends every message back until the connection is over.</summary>
    public static ReadOutcome Echo(WebSocketConnection connection)
    {
        while (true)
        {
            var outcome = connection.ReadMessage(out var kind, out var payload);
            if (outcome != ReadOutcome.Message)
            {
                return outcome;
            }

            SendBack(connection, kind, payload);
        }
    }

    /// <summary>The same as a reader of several connections does it: without waiting in a read.</summary>
    public static ReadOutcome EchoPolling(WebSocketConnection connection)
    {
        using var wait = new SocketWait(1);
        while (true)
        {
            var outcome = connection.TryReadMessage(out var kind, out var payload);
            if (outcome == ReadOutcome.Message)
            {
                SendBack(connection, kind, payload);
            }
            else if (outcome != ReadOutcome.Nothing)
            {
                return outcome;
            }
            else
            {
                wait.Clear();
                wait.Add(connection.Handle);
                wait.Wait(20);
            }
        }
    }

    private static void SendBack(WebSocketConnection connection, MessageKind kind, ReadOnlySpan<byte> payload) =>
        _ = kind == MessageKind.Text ? connection.TrySendText(payload) : connection.TrySendBinary(payload);
}
