using System.Collections.Generic;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Metrics;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>What the pipeline's threads allocate: nothing, after the first seconds.</summary>
internal sealed class ThreadMetrics : IMetricSource
{
    private readonly IReadOnlyList<AgentThread> _threads;

    public ThreadMetrics(IReadOnlyList<AgentThread> threads) => _threads = threads;

    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        text.Begin(
            MetricKind.Counter,
            "quoter_thread_allocated_bytes_total",
            "Managed bytes a pipeline thread has allocated.");
        foreach (var thread in _threads)
        {
            text.Sample(thread.AllocatedBytes, ("thread", thread.Name));
        }
    }
}
