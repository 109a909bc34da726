using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>What a roster changes, and how its parts are made: the same way as at the start.</summary>
internal sealed record RosterParts
{
    /// <summary>What the process was started with.</summary>
    public required QuoterOptions Options { get; init; }

    /// <summary>Books and lanes.</summary>
    public required QuoterPipeline Pipeline { get; init; }

    /// <summary>Which instruments there are.</summary>
    public required InstrumentDirectory Directory { get; init; }

    /// <summary>The venue of each column: those at the start, then every other one.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Where a venue is reached; throws <see cref="OptionsException"/> when it is not.</summary>
    public required Func<VenueOptions, VenueAddresses> AddressOf { get; init; }

    /// <summary>Fetches the list of instruments of a venue.</summary>
    public required Func<VenueOptions, VenueAddresses, CancellationToken, Task<VenueListing>> FetchList { get; init; }

    /// <summary>Makes a connection for the books that the table has in its column: none yet.</summary>
    public required Func<VenueOptions, VenueAddresses, int, DepthLane, VenueListing, IVenueConnection> MakeConnection
    {
        get;
        init;
    }

    /// <summary>Makes a reader for a connection.</summary>
    public required Func<IVenueConnection, FeedReader> MakeReader { get; init; }

    /// <summary>Where changes are told.</summary>
    public required ILogger Log { get; init; }
}
