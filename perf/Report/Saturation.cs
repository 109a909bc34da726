namespace LowLatencyQuoter.Perf.Report;

/// <summary>How much was too much.</summary>
/// <param name="SustainedPerSecond">The fastest rate that came through as it was due; 0 where none did.</param>
/// <param name="UnsustainedPerSecond">The slowest rate above it that did not; 0 where none was found.</param>
/// <param name="LongestStages">The stages in which messages of that rate spent most time, longest first.</param>
/// <param name="RetriedRates">Rates that failed in a window and were therefore measured again.</param>
/// <param name="HeldWhenRetried">How many of those came through after all.</param>
internal sealed record Saturation(
    double SustainedPerSecond,
    double UnsustainedPerSecond,
    string LongestStages,
    int RetriedRates = 0,
    int HeldWhenRetried = 0)
{
    /// <summary>One sentence.</summary>
    public override string ToString() => System.FormattableString.Invariant(
        $"saturation: {SustainedPerSecond:#,0} messages/s came through as they were due, ")
        + (UnsustainedPerSecond == 0
            ? "no faster rate was found to be too much"
            : System.FormattableString.Invariant(
                $"{UnsustainedPerSecond:#,0} did not; they spent most time in {LongestStages}"))
        + (RetriedRates == 0
            ? ""
            : System.FormattableString.Invariant(
                $"; rates that failed and were tried again: {RetriedRates}, of which {HeldWhenRetried} held"));
}
