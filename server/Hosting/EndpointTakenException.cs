using System;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>A port to listen on belongs to another program; the message names it and the fix.</summary>
public sealed class EndpointTakenException : Exception
{
    /// <summary>Names the port.</summary>
    public EndpointTakenException(int port, string flag, Exception cause)
        : base($"port {port} is taken by another program: choose a free one with {flag} (0 takes any free port)", cause)
    {
    }
}
