using System;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>How often what goes wrong between a venue and the quoter; chances are of one frame or request.</summary>
internal sealed record LinkFaults
{
    public required long LatencyNanos { get; init; }

    public required long JitterNanos { get; init; }

    public double Dropped { get; init; }

    public double Repeated { get; init; }

    public double Truncated { get; init; }

    public double Damaged { get; init; }

    public double LostPerSecond { get; init; }

    public double ClosedPerSecond { get; init; }

    public double HalfOpenPerSecond { get; init; }

    public double StalledPerSecond { get; init; }

    public double SilentPerSecond { get; init; }

    public double DialRefused { get; init; }

    public double RestFailed { get; init; }

    public double RestRefused { get; init; }

    public double RestSlow { get; init; }

    public double RestStale { get; init; }

    public double RestTruncated { get; init; }

    public double RestOther { get; init; }

    /// <summary>Each kind of fault is there or not, and then rare or frequent.</summary>
    public static LinkFaults Draw(Random random) => new()
    {
        LatencyNanos = random.Next(200_000, 60_000_000),
        JitterNanos = random.Next(1, 40_000_000),
        Dropped = Chance(random, 0.02),
        Repeated = Chance(random, 0.03),
        Truncated = Chance(random, 0.01),
        Damaged = Chance(random, 0.01),
        LostPerSecond = Chance(random, 0.3),
        ClosedPerSecond = Chance(random, 0.2),
        HalfOpenPerSecond = Chance(random, 0.1),
        StalledPerSecond = Chance(random, 0.5),
        SilentPerSecond = Chance(random, 0.3),
        DialRefused = Chance(random, 0.5),
        RestFailed = Chance(random, 0.4),
        RestRefused = Chance(random, 0.2),
        RestSlow = Chance(random, 0.4),
        RestStale = Chance(random, 0.5),
        RestTruncated = Chance(random, 0.2),
        RestOther = Chance(random, 0.4),
    };

    private static double Chance(Random random, double most) => random.Next(3) != 0 ? 0 : most * random.NextDouble();
}
