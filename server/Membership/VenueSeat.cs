using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>A venue that is connected.</summary>
/// <param name="Options">What is configured of it.</param>
/// <param name="Known">The venue.</param>
/// <param name="Address">Where it is reached.</param>
/// <param name="Column">Its place among the books of each instrument.</param>
/// <param name="Lane">Its way into the engine.</param>
/// <param name="Connection">Its connection.</param>
/// <param name="Reader">The thread that reads it, alone or among others.</param>
internal sealed record VenueSeat(
    VenueOptions Options,
    IVenue Known,
    VenueAddresses Address,
    int Column,
    DepthLane Lane,
    IVenueConnection Connection,
    FeedReader Reader)
{
    /// <summary>The venue's name.</summary>
    public string Name => Options.Name;
}
