using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// How often a venue's socket address may be connected to by all links and connections of the process together. What
/// counts is the beginning of an attempt, whatever becomes of it. Threads: any.
/// </summary>
public sealed class DialBudget
{
    private readonly RestBudget _attempts;

    /// <summary>Grants within all of the limits; without limits everything.</summary>
    /// <param name="limits">Attempts a window, see <see cref="VenueProfile.ConnectionLimits"/>.</param>
    public DialBudget(IReadOnlyList<RestLimit> limits) => _attempts = new RestBudget(limits);

    /// <summary>Grants an attempt, and counts it, or does neither.</summary>
    /// <param name="nanos">Now; never less than before.</param>
    public bool TryTake(long nanos) => _attempts.TryTake(1, nanos);
}
