namespace LowLatencyQuoter.Perf.Compare;

/// <summary>How much time a comparison gets.</summary>
/// <param name="Rounds">Rounds of each side, taken in turns; figures are their medians.</param>
/// <param name="RoundSeconds">Length of one round.</param>
/// <param name="WarmUpSeconds">Least time of rounds of both sides that are thrown away first.</param>
internal sealed record Effort(int Rounds, double RoundSeconds, double WarmUpSeconds)
{
    /// <summary>Fewest rounds whose median is worth reporting.</summary>
    public const int UsualRounds = 7;

    /// <summary>For figures.</summary>
    public static Effort Full { get; } = new(UsualRounds, 0.1, 1.0);

    /// <summary>For CI, which looks at allocations and at nothing else.</summary>
    public static Effort Quick { get; } = new(UsualRounds, 0.01, 0.2);
}
