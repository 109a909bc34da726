using System;

namespace LowLatencyQuoter.Exchange;

/// <summary>The port to listen on belongs to another program.</summary>
public sealed class PortTakenException : Exception
{
    /// <param name="hostname">The host asked for.</param>
    /// <param name="port">The port asked for.</param>
    /// <param name="cause">What the socket said.</param>
    public PortTakenException(string hostname, int port, Exception cause)
        : base(
            $"port {port} of {hostname} is taken by another program: choose a free one with --port or "
            + "EXCHANGE_SERVER_PORT (0 takes any free port)",
            cause) =>
        Port = port;

    /// <summary>The port asked for.</summary>
    public int Port { get; }
}
