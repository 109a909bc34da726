using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Transport;

/// <summary>
/// A listener on 127.0.0.1 that plays one script with each connection it accepts. What the script throws (a failed
/// assertion, a time limit) fails the test when the peer is disposed.
/// </summary>
internal sealed class ScriptedPeer : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _play;

    public ScriptedPeer(
        Action<PeerStream> script,
        int connections = 1,
        Func<NetworkStream, System.IO.Stream>? secure = null)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _play = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < connections; i++)
                {
                    Play(script, secure);
                }
            },
            TaskCreationOptions.LongRunning);
    }

    public int Port { get; }

    public void Dispose()
    {
        var ended = Task.WaitAny([_play], Limit) == 0;
        _listener.Dispose();
        Assert.That(ended, Is.True, "the peer's script did not end");
        if (_play.Exception?.InnerException is { } failure)
        {
            Assert.Fail($"the peer's script failed: {failure}");
        }
    }

    private void Play(Action<PeerStream> script, Func<NetworkStream, System.IO.Stream>? secure)
    {
        using var socket = _listener.AcceptSocket();
        socket.NoDelay = true;
        using var plain = new NetworkStream(socket, ownsSocket: false) { ReadTimeout = 10_000, WriteTimeout = 10_000 };
        var stream = secure?.Invoke(plain) ?? plain;
        using (stream)
        {
            script(new PeerStream(stream, socket));
        }
    }
}
