using System;

namespace LowLatencyQuoter.Exchange.History;

/// <summary>A level as a simulated book had it.</summary>
/// <param name="Ticks">Price, in ten to the minus <see cref="BookHistory.PriceDecimals"/>.</param>
/// <param name="Lots">Size, in ten to the minus <see cref="BookHistory.QuantityDecimals"/>.</param>
public readonly record struct HistoryLevel(long Ticks, long Lots)
{
    /// <summary>For instance <c>6500012*240</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Ticks}*{Lots}");
}
