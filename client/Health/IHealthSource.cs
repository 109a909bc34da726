using System;

namespace LowLatencyQuoter.Client.Health;

/// <summary>
/// Where instruments, venues' health and latencies come from. The quotes do not depend on it: without it, only the
/// panes that show it say why they are empty. Threads: any.
/// </summary>
internal interface IHealthSource : IDisposable
{
    /// <summary>What was said last, with <see cref="Failure"/> null; null while nothing was.</summary>
    MarketHealth? Latest { get; }

    /// <summary>Why there is nothing, or nothing new, on one line; null while there is.</summary>
    string? Failure { get; }

    /// <summary>Follows an instrument from now on; null: the server's default one.</summary>
    void Follow(string? symbol);
}
