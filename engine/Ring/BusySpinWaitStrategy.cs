namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// Never leaves the core. Lowest latency, and only right with a core of its own for each thread that does it.
/// </summary>
public readonly struct BusySpinWaitStrategy : IWaitStrategy
{
    private const int LooksToAPause = 4;   // a pause lasts about as long as a line takes from core to core

    /// <inheritdoc/>
    public static bool NeedsSignal => false;

    /// <inheritdoc/>
    [HotPath]
    public bool Idle(int attempt)
    {
        if (attempt % LooksToAPause == LooksToAPause - 1)
        {
            Pause.Once();
        }

        return false;
    }
}
