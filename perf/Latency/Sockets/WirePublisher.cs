using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Grpc;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// The publisher as the server runs it, with a look at the clock before each turn. Threads: the publisher's.
/// </summary>
[HotPath]
internal sealed class WirePublisher(QuotePublisher publisher, FrameStamps frames) : IAgent
{
    /// <inheritdoc/>
    public int DoWork()
    {
        frames.BeginTurn();
        return publisher.DoWork();
    }
}
