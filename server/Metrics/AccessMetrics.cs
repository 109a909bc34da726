using System;
using LowLatencyQuoter.Server.Access;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>Who calls, who is refused, and how long the certificate is good.</summary>
/// <param name="gate">Lets calls in.</param>
/// <param name="files">Certificates.</param>
internal sealed class AccessMetrics(ClientGate gate, AccessFiles files) : IMetricSource
{
    private static readonly ClientRefusal[] Reasons = Enum.GetValues<ClientRefusal>();

    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        var refused = text.Begin(
            MetricKind.Counter, "quoter_client_refused_total", "Calls refused: no token, or a limit of their client.");
        foreach (var reason in Reasons)
        {
            refused.Sample(gate.Refused(reason), ("reason", reason.ToString().ToLowerInvariant()));
        }

        text.Begin(MetricKind.Gauge, "quoter_client_calls", "Calls under way.").Sample(gate.Streams);
        text.Begin(MetricKind.Gauge, "quoter_clients", "Clients that call, or called a moment ago.")
            .Sample(gate.Clients);
        if (files.ExpiresUnixSeconds is { } expires)
        {
            text.Begin(
                MetricKind.Gauge,
                "quoter_tls_certificate_expires_timestamp_seconds",
                "When the server's certificate is good no more, as Unix time.").Sample(expires);
        }
    }
}
