namespace LowLatencyQuoter.Shm;

/// <summary>What is known of the process that writes a file.</summary>
public enum WriterState
{
    /// <summary>Its heartbeat is fresh.</summary>
    Alive = 0,

    /// <summary>Its heartbeat is old and the process exists: it is stopped, or starved of time.</summary>
    Silent = 1,

    /// <summary>Its heartbeat is old and the process does not exist any more.</summary>
    Dead = 2,

    /// <summary>It ended in order. Open the file anew: another writer makes a new one.</summary>
    Closed = 3,

    /// <summary>It was dead, and another writer took its place, with a new epoch. Open the file anew.</summary>
    Superseded = 4,
}
