using System;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>What went through the engine.</summary>
/// <param name="events">Events handled so far: <c>EventCount</c> of the pipeline.</param>
/// <param name="notices">The board that carries state changes to the log.</param>
public sealed class EngineMetrics(Func<long> events, NoticeBoard notices) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        text.Begin(MetricKind.Counter, "quoter_engine_events_total", "Depth events handled, over all lanes.")
            .Sample(events());
        text.Begin(MetricKind.Counter, "quoter_notices_dropped_total", "State changes the log did not get in time.")
            .Sample(notices.Dropped);
    }
}
