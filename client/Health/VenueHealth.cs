namespace LowLatencyQuoter.Client.Health;

/// <summary>How a venue's book of one instrument is doing.</summary>
/// <param name="Venue">The venue, safe to show.</param>
/// <param name="State">live, gapped, disconnected, ..., safe to show.</param>
/// <param name="AgeMillis">Time since its last message, in milliseconds; null before the first.</param>
/// <param name="MessagesPerSecond">Rate of the venue's messages; null while it is not known.</param>
/// <param name="Gaps">Breaks of its chain since the start.</param>
/// <param name="P99Micros">
/// 99th percentile of the latency from message to quote in the last seconds, microseconds; null without quotes.
/// </param>
internal sealed record VenueHealth(
    string Venue, string State, double? AgeMillis, double? MessagesPerSecond, string Gaps, double? P99Micros)
{
    /// <summary>True when its levels are in the quote.</summary>
    public bool IsLive => State == "live";
}
