using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>How the pipeline that is measured is set up.</summary>
internal sealed record RigOptions
{
    /// <summary>Venues, 1 to <see cref="DiffTape.VenuesMax"/>.</summary>
    public int Venues { get; init; } = DiffTape.VenuesMax;

    /// <summary>Lanes they share, 1 to the count of venues. One reader thread fills them all.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Levels of a diff, both sides together.</summary>
    public int DiffLevels { get; init; } = 20;

    /// <summary>Levels a side of each book.</summary>
    public int Depth { get; init; } = 1_000;

    /// <summary>Different diffs of each venue, an even number.</summary>
    public int TapeLength { get; init; } = 512;

    /// <summary>True to tell applying from quoting, for a look at the clock a message more.</summary>
    public bool SplitsQuote { get; init; }

    /// <summary>How the engine's thread waits.</summary>
    public WaitStrategyKind Wait { get; init; } = WaitStrategyKind.BusySpin;

    /// <summary>Cores of <c>reader</c> and <c>engine</c>.</summary>
    public CoreMap Cores { get; init; } = CoreMap.Empty;
}
