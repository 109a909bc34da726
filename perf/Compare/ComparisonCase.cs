using System;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>What is compared, before anything of it is made.</summary>
/// <param name="Name">The public name, for instance <c>decode.binance.20</c>.</param>
/// <param name="Unit">Unit of both figures.</param>
/// <param name="MoreIsBetter">True for rates, false for times.</param>
/// <param name="BaselineName">What a C# user would otherwise take.</param>
/// <param name="Summary">One line on what is measured.</param>
/// <param name="Make">Makes both sides.</param>
internal sealed record ComparisonCase(
    string Name, string Unit, bool MoreIsBetter, string BaselineName, string Summary, Func<Comparison> Make)
{
    /// <summary>
    /// True where the figure is the latency of one operation, which the machine's own stalls are a part of: they are
    /// reported beside it.
    /// </summary>
    public bool IsLatency { get; init; }

    /// <summary>How many times better ours is: above 1 when it is, whichever way the unit goes.</summary>
    public double Ratio(double ours, double baseline) => MoreIsBetter ? ours / baseline : baseline / ours;
}
