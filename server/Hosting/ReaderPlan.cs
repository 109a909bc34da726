using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>
/// Which reader thread serves which venues. Venues with the same core in the core map share the reader on that core.
/// Every other venue joins the reader without a core that has the fewest so far, in the configured order, or any reader
/// when all have cores.
/// </summary>
public sealed record ReaderPlan
{
    private ReaderPlan()
    {
    }

    /// <summary>The venues of each reader, as indexes into the configured ones; none is empty.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Venues { get; init; }

    /// <summary>The core of each reader, or -1.</summary>
    public required IReadOnlyList<int> Cores { get; init; }

    /// <summary>Fewest readers that the core map leaves: one for each core it names, or one at all.</summary>
    public static int Least(IReadOnlyList<VenueOptions> venues, CoreMap cores) =>
        Math.Max(1, PinnedCores(venues, cores).Count);

    /// <summary>Most readers that make sense: one a venue, but one for those that share a core.</summary>
    public static int Most(IReadOnlyList<VenueOptions> venues, CoreMap cores)
    {
        var count = PinnedCores(venues, cores).Count;
        foreach (var venue in venues)
        {
            count += cores.Of(venue.Name) < 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Deals the venues out to so many readers, as far as the core map and their number permit.</summary>
    public static ReaderPlan Make(IReadOnlyList<VenueOptions> venues, CoreMap cores, int readers)
    {
        var count = Math.Clamp(readers, Least(venues, cores), Most(venues, cores));
        var pinned = PinnedCores(venues, cores);
        var groups = new List<int>[count];
        var groupCores = new int[count];
        for (var reader = 0; reader < count; reader++)
        {
            groups[reader] = [];
            groupCores[reader] = reader < pinned.Count ? pinned[reader] : -1;
        }

        for (var venue = 0; venue < venues.Count; venue++)
        {
            var core = cores.Of(venues[venue].Name);
            if (core >= 0)
            {
                groups[pinned.IndexOf(core)].Add(venue);
            }
        }

        for (var venue = 0; venue < venues.Count; venue++)
        {
            if (cores.Of(venues[venue].Name) < 0)
            {
                Fewest(pinned.Count == count ? groups : groups.AsSpan(pinned.Count)).Add(venue);
            }
        }

        return new ReaderPlan { Venues = groups, Cores = groupCores };
    }

    private static List<int> PinnedCores(IReadOnlyList<VenueOptions> venues, CoreMap cores)
    {
        var pinned = new List<int>();
        foreach (var venue in venues)
        {
            var core = cores.Of(venue.Name);
            if (core >= 0 && !pinned.Contains(core))
            {
                pinned.Add(core);
            }
        }

        return pinned;
    }

    private static List<int> Fewest(ReadOnlySpan<List<int>> groups)
    {
        var fewest = groups[0];
        foreach (var group in groups)
        {
            fewest = group.Count < fewest.Count ? group : fewest;
        }

        return fewest;
    }
}
