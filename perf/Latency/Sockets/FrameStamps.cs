using System.Threading;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// When the frames of one gRPC stream were encoded, by their place in it: whoever sends and whoever receives count
/// alike, so nothing has to be added to a frame. Threads: the publisher writes; the client reads what it has received.
/// </summary>
[HotPath]
internal sealed class FrameStamps
{
    private const int Capacity = 1 << 17;   // many times what fits the windows of HTTP/2 and the sockets' buffers
    private readonly long[] _turns = new long[Capacity];
    private readonly long[] _encoded = new long[Capacity];
    private long _turn;
    private long _head;

    /// <summary>Publisher: a turn begins.</summary>
    public void BeginTurn() => _turn = MonotonicClock.Nanos();

    /// <summary>Publisher: the next frame is encoded, and its first byte about to be handed to the stream.</summary>
    public void Add()
    {
        var slot = _head++ & (Capacity - 1);
        _turns[slot] = _turn;
        Volatile.Write(ref _encoded[slot], MonotonicClock.Nanos());
    }

    /// <summary>Client: when the turn began that encoded a frame, and when the frame was encoded.</summary>
    public (long Turn, long Encoded) Of(long frame)
    {
        var slot = frame & (Capacity - 1);
        var encoded = Volatile.Read(ref _encoded[slot]);
        return (_turns[slot], encoded);
    }
}
