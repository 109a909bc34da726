namespace LowLatencyQuoter.Wire.Transport;

/// <summary>How a thread waits for bytes.</summary>
public enum ReceiveMode
{
    /// <summary>
    /// Asks the socket once, then sleeps in the kernel until a byte comes or the idle interval is over.
    /// </summary>
    Blocking,

    /// <summary>Asks the socket again and again and never sleeps: lowest latency, and a whole core taken.</summary>
    Polling,
}
