using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Recorder;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>One connection to one venue: where, which books, how.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The websocket's address without the venue's path; ws or wss.</summary>
    public required Uri Socket { get; init; }

    /// <summary>The REST address without the venue's path; http or https.</summary>
    public required Uri Rest { get; init; }

    /// <summary>The books of this connection: index in the engine, and symbol in the venue's spelling.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Books { get; init; }

    /// <summary>
    /// Most books that this connection may come to serve, those added later included; 0: as many as the engine has.
    /// </summary>
    public int BooksMax { get; init; }

    /// <summary>The venue's list of instruments if it is known; null: it is asked for when connecting.</summary>
    public DeclaredInstruments? Declared { get; init; }

    /// <summary>The key that the venue's feed needs; null: it needs none, or refuses.</summary>
    public ApiKey? ApiKey { get; init; }

    /// <summary>What to subscribe to.</summary>
    public SubscriptionOptions Subscription { get; init; } = new();

    /// <summary>
    /// What the venue's REST address may be asked, shared with every other connection to that address; null: as the
    /// venue's profile says, for this connection alone.
    /// </summary>
    public RestBudget? Budget { get; init; }

    /// <summary>
    /// How often the socket's address may be connected to, shared with every other connection to it; null: as the
    /// venue's profile says, for this connection alone.
    /// </summary>
    public DialBudget? Dials { get; init; }

    /// <summary>
    /// Sockets at a time, 1 or 2. With 2 the loss of one is not noticed; with 1 a second one is opened only to replace
    /// the first before it ends. A connection that is recorded has one, and never a second.
    /// </summary>
    public int Connections { get; init; } = 1;

    /// <summary>
    /// What the checksum says of books that stand by; as the engine's definitions have it.
    /// </summary>
    public ChecksumPolicy? Checksum { get; init; }

    /// <summary>How long a socket may live before it is replaced; null: as the venue says; zero: for ever.</summary>
    public TimeSpan? Life { get; init; }

    /// <summary>Wall time for what is shown; null: the machine's.</summary>
    public WallClock? WallClock { get; init; }

    /// <summary>Takes everything that is received; null: nobody does. The connection does not own it.</summary>
    public FrameRecorder? Recorder { get; init; }

    /// <summary>
    /// Certificates trusted in place of the system's, for venues of one's own; host and chain are verified all the
    /// same.
    /// </summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Compression that is offered to the venue; null for none.</summary>
    public DeflateOptions? Deflate { get; init; }

    /// <summary>What is done with a message for which the lane has no room.</summary>
    public FullLanePolicy FullLane { get; init; } = FullLanePolicy.Wait;

    /// <summary>Longest wait between two attempts to connect; they go on for ever.</summary>
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence on the socket after which the reader pings; after twice that it connects anew.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often the venue is asked for its own book, to compare each live one with it, where ids allow that; zero:
    /// never.
    /// </summary>
    public TimeSpan AuditEvery { get; init; }

    /// <summary>How long a REST answer, or a snapshot on the socket, may take.</summary>
    public TimeSpan SnapshotLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What lies outside of the process; the machine's, but for a simulation.</summary>
    internal INetwork Network { get; init; } = MachineNetwork.Instance;
}
