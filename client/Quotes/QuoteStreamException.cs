using System;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>Why there are no more quotes: the call's status, or what happened to the connection.</summary>
internal sealed class QuoteStreamException : Exception
{
    /// <summary>Makes one for a server that was reached.</summary>
    /// <param name="status">The call's status, the server's own or the one gRPC gives to what happened.</param>
    /// <param name="reason">The server's message or ours; on one line.</param>
    /// <param name="isTransient">Whether the same call may succeed a little later.</param>
    /// <param name="cause">What was thrown underneath.</param>
    public QuoteStreamException(StatusCode status, string reason, bool isTransient = false, Exception? cause = null)
        : base(reason, cause)
    {
        Status = status;
        IsTransient = isTransient;
    }

    /// <summary>How the call ended.</summary>
    public StatusCode Status { get; }

    /// <summary>Whether the same call may succeed a little later.</summary>
    public bool IsTransient { get; }

    /// <summary>True when no connection came about at all.</summary>
    public bool IsUnreachable { get; private init; }

    /// <summary>Makes one for a server that could not be reached.</summary>
    public static QuoteStreamException Unreachable(string reason, Exception cause) =>
        new(StatusCode.Unavailable, reason, isTransient: true, cause) { IsUnreachable = true };
}
