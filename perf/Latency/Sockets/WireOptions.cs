using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>How the way from socket to client is set up.</summary>
internal sealed record WireOptions
{
    /// <summary>Venues, each with a connection and a reader thread, 1 to <see cref="DiffTape.VenuesMax"/>.</summary>
    public int Venues { get; init; } = 1;

    /// <summary>How engine and publisher wait.</summary>
    public WaitStrategyKind Wait { get; init; } = WaitStrategyKind.Blocking;

    /// <summary>How readers wait for bytes.</summary>
    public ReceiveMode Receive { get; init; } = ReceiveMode.Blocking;

    /// <summary>True for TLS between venue and reader.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Cores of <c>engine</c> and <c>publisher</c>.</summary>
    public CoreMap Cores { get; init; } = CoreMap.Empty;
}
