using System.Collections.Generic;
using LowLatencyQuoter.Perf.Compare.Sockets;

namespace LowLatencyQuoter.Perf.Compare.Quotes;

/// <summary>What enters and leaves the process.</summary>
internal static class QuoteCases
{
    /// <summary>In the order of the list.</summary>
    public static IEnumerable<ComparisonCase> All =>
    [
        new("histogram.record", "ns", false, "Meter Histogram<long> with a listener", "one latency counted",
            static () => new HistogramComparison()),
        new("websocket.read", "us p50", false, "ClientWebSocket",
            "738-byte messages at 10,000 a second over loopback, one way",
            static () => new WebSocketComparison(isSecure: false)) { IsLatency = true },
        new("websocket.read.tls", "us p50", false, "ClientWebSocket with wss",
            "the same under TLS", static () => new WebSocketComparison(isSecure: true)) { IsLatency = true },
        new("grpc.fanout.100", "M messages/s", true,
            "one Google.Protobuf serialization per subscriber on the same server",
            "quotes to 100 streams", static () => new FanOutComparison()),
    ];
}
