using LowLatencyQuoter.Client.Quotes;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>Everything one picture of the ladder shows.</summary>
/// <param name="Server">Where the quotes come from.</param>
/// <param name="State">How the connection stands, in words.</param>
/// <param name="IsLive">False while the quote shown may be old.</param>
/// <param name="Quote">The latest quote; null before the first.</param>
/// <param name="QuotesPerSecond">Rate of the last seconds.</param>
/// <param name="Quotes">Quotes since the start.</param>
internal sealed record LadderFrame(
    ServerAddress Server, string State, bool IsLive, Summary? Quote, double QuotesPerSecond, long Quotes);
