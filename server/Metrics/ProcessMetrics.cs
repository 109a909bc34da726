using System;
using System.Globalization;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>The runtime's and the process's own numbers.</summary>
public sealed class ProcessMetrics : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        text.Begin(
            MetricKind.Counter, "quoter_gc_collections_total", "Garbage collections by oldest generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample(
                GC.CollectionCount(generation), ("generation", generation.ToString(CultureInfo.InvariantCulture)));
        }

        text.Begin(MetricKind.Counter, "quoter_gc_pause_seconds_total", "Time threads stood still for the collector.")
            .Sample(GC.GetTotalPauseDuration().TotalSeconds);
        text.Begin(MetricKind.Gauge, "quoter_gc_heap_bytes", "Bytes of the managed heap.")
            .Sample(GC.GetTotalMemory(forceFullCollection: false));
        text.Begin(MetricKind.Counter, "quoter_gc_allocated_bytes_total", "Managed bytes allocated since the start.")
            .Sample(GC.GetTotalAllocatedBytes());
        text.Begin(MetricKind.Gauge, "quoter_process_working_set_bytes", "Memory of the process that is resident.")
            .Sample(Environment.WorkingSet);
        text.Begin(MetricKind.Gauge, "quoter_pool_threads", "Threads of the pool at this moment.")
            .Sample(System.Threading.ThreadPool.ThreadCount);
    }
}
