using System.Threading;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// Never leaves the core. Lowest latency, and only right with a core of its own for each thread that does it.
/// </summary>
public readonly struct BusySpinWaitStrategy : IWaitStrategy
{
    /// <inheritdoc/>
    public static bool NeedsSignal => false;

    /// <inheritdoc/>
    [HotPath]
    public bool Idle(int attempt)
    {
        Thread.SpinWait(1);
        return false;
    }
}
