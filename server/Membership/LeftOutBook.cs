namespace LowLatencyQuoter.Server.Membership;

/// <summary>A venue and an instrument that do not go together.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Instrument">The instrument.</param>
/// <param name="Reason">Why, in one sentence, with near matches.</param>
public sealed record LeftOutBook(string Venue, string Instrument, string Reason);
