namespace LowLatencyQuoter.Wire.Transport;

/// <summary>What a reader thread does while no byte is there: its timers, its inbox, its stop flag.</summary>
public interface IReceiveIdle
{
    /// <summary>
    /// Called on the receiving thread after every bounded wait in which no byte came, also while a connection is being
    /// opened. It is <b>not</b> called while bytes keep coming: timers have to be looked at after messages too. It may
    /// send on the same connection, must not receive from it, and must not throw.
    /// </summary>
    /// <returns>False to stop: the receive ends at once and says so.</returns>
    bool OnIdle();
}
