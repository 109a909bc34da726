using System;

namespace LowLatencyQuoter.Testing;

/// <summary>What a <see cref="ChaosProxy"/> does to connections. The defaults do nothing.</summary>
public sealed record Toxics
{
    /// <summary>How late bytes towards the client leave.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How much that differs, up or down, from piece to piece; order stays.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Bytes a second towards the client; 0: as many as there are.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>Bytes of a piece, at most, drawn from 1 to this: each goes out by itself; 0: as read.</summary>
    public int SliceMax { get; init; }

    /// <summary>How long the end of the server's stream is kept from the client.</summary>
    public TimeSpan SlowClose { get; init; }

    /// <summary>Black hole: nothing passes in either direction, and nothing is closed.</summary>
    public bool IsBlackHole { get; init; }

    /// <summary>Half-open: nothing more reaches the client, neither bytes nor the end; what it sends passes.</summary>
    public bool IsHalfOpen { get; init; }

    /// <summary>A connection is reset after so many bytes towards the client; 0: never.</summary>
    public long LimitBytes { get; init; }

    /// <summary>New connections are reset as soon as they are accepted.</summary>
    public bool RefusesConnections { get; init; }
}
