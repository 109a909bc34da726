namespace LowLatencyQuoter.Engine.Ring;

/// <summary>The wait strategies by their configuration names.</summary>
public enum WaitStrategyKind
{
    /// <summary><see cref="BlockingWaitStrategy"/>.</summary>
    Blocking,

    /// <summary><see cref="YieldingWaitStrategy"/>.</summary>
    Yielding,

    /// <summary><see cref="BusySpinWaitStrategy"/>.</summary>
    BusySpin,
}
