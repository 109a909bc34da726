using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>The facts of a venue that do not depend on an instrument.</summary>
public sealed record VenueProfile
{
    /// <summary>The name in flags, folders, metrics and <c>Level.exchange</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which feed of the venue this is; those of one venue differ in this and share the name.</summary>
    public VenueStream Stream { get; init; }

    /// <summary>The header that bears the API key when connecting; empty: the feed is open to all.</summary>
    public string ApiKeyHeader { get; init; } = "";

    /// <summary>The venue's own public websocket, used with <c>--live</c>.</summary>
    public required Uri LiveSocket { get; init; }

    /// <summary>The venue's own REST address, used with <c>--live</c>.</summary>
    public required Uri LiveRest { get; init; }

    /// <summary>How updates are chained.</summary>
    public required ChainRule ChainRule { get; init; }

    /// <summary>Where snapshots come from.</summary>
    public required SnapshotSource SnapshotSource { get; init; }

    /// <summary>What written digits mean.</summary>
    public ScaleSource ScaleSource { get; init; }

    /// <summary>Levels a side that can be asked for, ascending; empty: the venue serves its full depth.</summary>
    public int[] Depths { get; init; } = [];

    /// <summary>The depth that is asked for when nothing is configured; 0: full.</summary>
    public int DefaultDepth { get; init; }

    /// <summary>True when the venue cuts its book to the depth asked for without sending deletes.</summary>
    public bool IsWindowed { get; init; }

    /// <summary>What a wrong checksum means when nothing is configured.</summary>
    public ChecksumPolicy ChecksumPolicy { get; init; } = ChecksumPolicy.Off;

    /// <summary>True when the venue also offers whole books instead of changes.</summary>
    public bool HasWholeBooks { get; init; }

    /// <summary>True when another feed states the top of book with update ids.</summary>
    public bool HasTopFeed { get; init; }

    /// <summary>What an address may ask of the REST interface; empty: the venue states no limit.</summary>
    public RestLimit[] RestLimits { get; init; } = [];

    /// <summary>How often an address may connect to the socket; empty: the venue states no limit.</summary>
    public RestLimit[] ConnectionLimits { get; init; } = [];

    /// <summary>How long the venue lets a socket live; zero: it does not say.</summary>
    public TimeSpan ConnectionLife { get; init; }

    /// <summary>
    /// True when update ids are the book's own, the same on every socket, so that two sockets may carry it at once and
    /// the first arrival of each message counts; otherwise a second socket's books stand by.
    /// </summary>
    public bool SharesUpdateIds => ChainRule != ChainRule.None;

    /// <summary>
    /// True when the venue numbers the messages of a connection, so that a missing one is seen; of which book it was is
    /// not, and the connection is made anew.
    /// </summary>
    public bool NumbersMessages { get; init; }

    /// <summary>
    /// True when the venue numbers messages only on request and confirms that once a connection: a connection on which
    /// something could not be read before that is made anew, for a missing message would not show.
    /// </summary>
    public bool ConfirmsFlags { get; init; }

    /// <summary>True when subscriptions have to wait until the venue says that it is ready.</summary>
    public bool SubscribesAfterWelcome { get; init; }

    /// <summary>How long the venue wants a connection to be open before the first request; zero: not at all.</summary>
    public TimeSpan SubscribesAfter { get; init; }

    /// <summary>
    /// How often the venue wants to hear <see cref="IVenueDialect{TSelf}.KeepAlive"/>, however much it sends; zero:
    /// never, or as its admission says.
    /// </summary>
    public TimeSpan KeepAliveEvery { get; init; }

    /// <summary>Name of the venue whose book this feed shows too; empty: the book is its own.</summary>
    public string SameBookAs { get; init; } = "";

    /// <summary>One sentence on the venue's terms for market data, printed with <c>--live</c>.</summary>
    public required string DataTerms { get; init; }
}
