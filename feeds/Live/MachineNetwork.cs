using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>The machine's clock, its sockets and threads of its own. Threads: any.</summary>
internal sealed class MachineNetwork : INetwork
{
    /// <summary>It has no state, so one does for all.</summary>
    public static MachineNetwork Instance { get; } = new();

    /// <inheritdoc/>
    public long Nanos() => MonotonicClock.Nanos();

    /// <inheritdoc/>
    public long UnixMillis() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public Random MakeJitter() => new();

    /// <inheritdoc/>
    public IRestClient MakeRest(Uri address, TimeSpan limit, X509Certificate2Collection? trustedRoots) =>
        new RestClient(address, limit, trustedRoots);

    /// <inheritdoc/>
    public IVenueSocket? Connect(WebSocketOptions options, IReceiveIdle idle, out WebSocketFault fault) =>
        WebSocketConnection.TryConnect(options, idle, out var socket, out fault) ? new VenueSocket(socket) : null;

    /// <inheritdoc/>
    public Thread? Start(string name, Action work)
    {
        var thread = new Thread(() => work()) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }
}
