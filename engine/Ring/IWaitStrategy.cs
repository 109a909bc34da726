namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// How a consumer thread passes the time while there is nothing to consume. Implemented by structs that are type
/// arguments, so that the choice costs nothing where it is used.
/// </summary>
public interface IWaitStrategy
{
    /// <summary>True when <see cref="Idle"/> may sleep, so that producers have to notify.</summary>
    static abstract bool NeedsSignal { get; }

    /// <summary>Called each time in a row that nothing was found.</summary>
    /// <param name="attempt">Counts from 0 since the last time something was found.</param>
    /// <returns>True when the caller must announce itself, look once more and then sleep on its signal.</returns>
    bool Idle(int attempt);
}
