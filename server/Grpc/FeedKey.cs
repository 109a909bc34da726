using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Quotes;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>What makes two subscribers want the same bytes.</summary>
/// <param name="Seat">The instrument.</param>
/// <param name="Terms">How quotes look; null: <c>orderbook.Summary</c>.</param>
/// <param name="IsGzip">True for compressed messages.</param>
internal sealed record FeedKey(InstrumentSeat Seat, QuoteTerms? Terms, bool IsGzip);
