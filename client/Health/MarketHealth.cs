using System.Collections.Generic;

namespace LowLatencyQuoter.Client.Health;

/// <summary>What a server says about itself beside the quotes.</summary>
/// <param name="Symbol">The instrument that the rest is about.</param>
/// <param name="Instruments">All instruments, the default one first.</param>
/// <param name="Venues">The venues of the instrument.</param>
/// <param name="Recent">Latency of the last seconds; empty when there were no quotes.</param>
/// <param name="Total">Latency since the server's start.</param>
internal sealed record MarketHealth(
    string Symbol,
    IReadOnlyList<string> Instruments,
    IReadOnlyList<VenueHealth> Venues,
    IReadOnlyList<LatencyPoint> Recent,
    IReadOnlyList<LatencyPoint> Total);
