using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>What a seed chooses: venues, instruments, sizes, and what goes wrong.</summary>
internal sealed record DayPlan
{
    private static readonly string[] Pairs = ["BTC/USDT", "ETH/USDT"];

    public required int Seed { get; init; }

    /// <summary>Venues with the depth that is asked of each; 0: the venue's default.</summary>
    public required IReadOnlyList<(string Name, int Depth, LinkFaults Faults)> Venues { get; init; }

    public required IReadOnlyList<string> Instruments { get; init; }

    public required int LaneCapacity { get; init; }

    public required FullLanePolicy FullLane { get; init; }

    /// <summary>How often the engine stands still for a while.</summary>
    public required double EngineStallsPerSecond { get; init; }

    /// <summary>How long things go wrong.</summary>
    public required long FaultNanos { get; init; }

    public static DayPlan Of(int seed)
    {
        var random = new Random(seed);
        var names = VenueRegistry.All.Select(static venue => venue.Profile.Name).ToArray();
        random.Shuffle(names);
        var first = names[(int)((uint)seed % (uint)names.Length)];   // every venue has its turn, whatever chance says
        return new DayPlan
        {
            Seed = seed,
            Venues = [.. names.Where(name => name == first || random.Next(names.Length) < 2)
                .Select(name => (name, DepthOf(name, random), LinkFaults.Draw(random)))],
            Instruments = random.Next(2) == 0 ? Pairs : Pairs[..1],
            LaneCapacity = 256 << random.Next(3),
            FullLane = random.Next(2) == 0 ? FullLanePolicy.Wait : FullLanePolicy.DropAndFault,
            EngineStallsPerSecond = random.Next(2) == 0 ? 0 : random.NextDouble(),
            FaultNanos = random.Next(3_000, 6_000) * 1_000_000L,
        };
    }

    public override string ToString()
    {
        var venues = string.Join(", ", Venues.Select(static venue => $"{venue.Name} {venue.Depth} {venue.Faults}"));
        return $"{string.Join(' ', Instruments)}, lanes {LaneCapacity} {FullLane}, engine stalls "
            + $"{EngineStallsPerSecond:F2}/s, {FaultNanos / 1_000_000} ms of faults, venues {venues}";
    }

    private static int DepthOf(string name, Random random)
    {
        int[] depths = name switch
        {
            "binance" => [0, 500],
            "kraken" => [0, 10, 25],
            "okx" => [400],
            "bybit" => [0, 200],
            "gateio" => [0, 100],
            "bitfinex" => [0, 25],
            "cryptocom" => [0, 10],
            _ => [0],
        };
        return depths[random.Next(depths.Length)];
    }
}
