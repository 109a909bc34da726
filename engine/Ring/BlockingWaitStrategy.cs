namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// Spins, yields, then sleeps until a producer notifies. Leaves the core to others at the price of a wake-up (tens of
/// microseconds) after a pause; right for machines with fewer cores than threads.
/// </summary>
public readonly struct BlockingWaitStrategy : IWaitStrategy
{
    private const int Spins = 50;
    private const int Yields = 10;

    /// <inheritdoc/>
    public static bool NeedsSignal => true;

    /// <inheritdoc/>
    public bool Idle(int attempt)
    {
        if (attempt < Spins)
        {
            Pause.Once();
            return false;
        }

        if (attempt < Spins + Yields)
        {
            Pause.Yield();
            return false;
        }

        return true;
    }
}
