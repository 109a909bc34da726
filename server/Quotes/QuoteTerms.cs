namespace LowLatencyQuoter.Server.Quotes;

/// <summary>How a client wants quotes to look.</summary>
/// <param name="Levels">Rows a side, 1 to what the server keeps.</param>
/// <param name="HasFees">True for prices with the venues' taker fees in them, ranked by that.</param>
/// <param name="IsUncrossed">True to take out what would trade with each other at once.</param>
internal sealed record QuoteTerms(int Levels, bool HasFees = false, bool IsUncrossed = false);
