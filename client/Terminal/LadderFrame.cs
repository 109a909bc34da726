using LowLatencyQuoter.Client.Health;
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
    ServerAddress Server, string State, bool IsLive, Summary? Quote, double QuotesPerSecond, long Quotes)
{
    /// <summary>The instrument, safe to show; null: the server's default one, whose name is not known.</summary>
    public string? Symbol { get; init; }

    /// <summary>What the user has chosen.</summary>
    public ViewChoice Choice { get; init; } = new();

    /// <summary>Health of the venues; null while nothing is known.</summary>
    public MarketHealth? Health { get; init; }

    /// <summary>Why nothing new is known of it; null while there is.</summary>
    public string? HealthFailure { get; init; }
}
