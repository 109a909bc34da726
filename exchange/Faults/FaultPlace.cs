namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>Where a fault takes effect.</summary>
public enum FaultPlace
{
    /// <summary>On websocket frames, as they leave.</summary>
    Frame,

    /// <summary>On whole connections, at once.</summary>
    Connection,

    /// <summary>On REST answers.</summary>
    Rest,

    /// <summary>In the simulated market, so that every channel of the venue shows it.</summary>
    Market,

    /// <summary>In the venue's own dialect, as the venue itself would do it.</summary>
    Dialect,
}
