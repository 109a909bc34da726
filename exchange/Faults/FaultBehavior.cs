using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>A fault that can be provoked by its name.</summary>
/// <param name="Name">The name, for instance <c>rest-stale</c>.</param>
/// <param name="Place">Where it takes effect.</param>
/// <param name="Venues">Venues that can show it; empty: all of them.</param>
/// <param name="Text">What is seen on the wire.</param>
public sealed record FaultBehavior(string Name, FaultPlace Place, IReadOnlyList<string> Venues, string Text)
{
    /// <summary>Whether a venue can show it.</summary>
    public bool AppliesTo(string venue) => Venues.Count == 0 || Venues.Contains(venue);
}
