namespace LowLatencyQuoter.Engine.Ring;

/// <summary>Spins a little, then offers the core to whoever else is ready (sched_yield) between looks.</summary>
public readonly struct YieldingWaitStrategy : IWaitStrategy
{
    private const int Spins = 100;

    /// <inheritdoc/>
    public static bool NeedsSignal => false;

    /// <inheritdoc/>
    [HotPath]
    public bool Idle(int attempt)
    {
        if (attempt < Spins)
        {
            Pause.Once();
        }
        else
        {
            Pause.Yield();
        }

        return false;
    }
}
