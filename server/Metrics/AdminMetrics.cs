using System;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>What the admin service refused.</summary>
/// <param name="refused">Count of calls without the token.</param>
internal sealed class AdminMetrics(Func<long> refused) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricText text) =>
        text.Begin(MetricKind.Counter, "quoter_admin_refused_total", "Calls of the admin service without its token.")
            .Sample(refused());
}
