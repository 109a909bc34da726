namespace LowLatencyQuoter.Server.Options;

/// <summary>How reader threads wait for bytes.</summary>
public enum ReceiveKind
{
    /// <summary>In the kernel: leaves the core to others, wakes up in tens of microseconds.</summary>
    Blocking,

    /// <summary>By asking again and again: lowest latency, needs a core for each reader.</summary>
    Polling,
}
