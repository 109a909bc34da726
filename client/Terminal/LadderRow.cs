namespace LowLatencyQuoter.Client.Terminal;

/// <summary>One level of the ladder.</summary>
/// <param name="Venue">Name of the venue, safe to show.</param>
/// <param name="Price">In the quote asset.</param>
/// <param name="Amount">In the base asset.</param>
/// <param name="Cumulative">Amount of this level and all better ones of its side.</param>
internal readonly record struct LadderRow(string Venue, double Price, double Amount, double Cumulative);
