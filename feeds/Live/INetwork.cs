using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// All that a connection meets outside of the process: time, chance, sockets, REST, and the thread that waits for them.
/// The machine's is <see cref="MachineNetwork"/>; a simulation brings its own. Threads: any.
/// </summary>
internal interface INetwork
{
    /// <summary>Now, on the engine's clock.</summary>
    long Nanos();

    /// <summary>Now, in milliseconds of Unix time.</summary>
    long UnixMillis();

    /// <summary>The chance by which waits differ.</summary>
    Random MakeJitter();

    /// <summary>REST of one address.</summary>
    /// <param name="address">The address, without a path.</param>
    /// <param name="limit">How long an answer may take.</param>
    /// <param name="trustedRoots">Certificates trusted in place of the system's; null: the system's.</param>
    IRestClient MakeRest(Uri address, TimeSpan limit, X509Certificate2Collection? trustedRoots);

    /// <summary>Opens a websocket; null, and why, when that fails.</summary>
    /// <inheritdoc cref="WebSocketConnection.TryConnect"/>
    IVenueSocket? Connect(WebSocketOptions options, IReceiveIdle idle, out WebSocketFault fault);

    /// <summary>Does what waits beside the reader; null when no thread is needed for it.</summary>
    /// <param name="name">Names the thread.</param>
    /// <param name="work">What it does; it never throws.</param>
    Thread? Start(string name, Action work);
}
