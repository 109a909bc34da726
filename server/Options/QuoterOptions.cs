using System.Collections.Generic;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Server.Tuning;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Options;

/// <summary>
/// Everything that can be chosen, validated as a whole before anything starts. Names, defaults and descriptions for
/// people stand in <see cref="SettingTable"/>.
/// </summary>
public sealed record QuoterOptions
{
    /// <summary>Consolidated instruments; the first is the default one.</summary>
    public required IReadOnlyList<Pair> Instruments { get; init; }

    /// <summary>The venues in order; ties of price and quantity go by it.</summary>
    public required IReadOnlyList<VenueOptions> Venues { get; init; }

    /// <summary>Rows a side in each quote, 1 to 1,000.</summary>
    public required int Levels { get; init; }

    /// <summary>Address to listen on; loopback unless there is TLS, or clear text beyond it is asked for.</summary>
    public required string Host { get; init; }

    /// <summary>Port of gRPC; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Port of health, metrics and pages; 0 takes a free one.</summary>
    public required int HttpPort { get; init; }

    /// <summary>
    /// True when the venues were not named but all of them asked for: one that does not list an instrument is then left
    /// out of it, and not an error.
    /// </summary>
    public bool AllVenues { get; init; }

    /// <summary>Port of <c>quoter.v1.AdminService</c>; 0 takes a free one.</summary>
    public int AdminPort { get; init; }

    /// <summary>Where its token was read from, or null.</summary>
    public string? AdminTokenFile { get; init; }

    /// <summary>Its token, never to be shown; null: the service is off.</summary>
    public AdminToken? AdminToken { get; init; }

    /// <summary>Who may reach the endpoints.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>Room for instruments that are added while running.</summary>
    public int SpareInstruments { get; init; }

    /// <summary>Instruments that the embedded exchange lists beside those that are quoted.</summary>
    public IReadOnlyList<Pair> AlsoLists { get; init; } = [];

    /// <summary>Venues that the embedded exchange serves beside those that are quoted.</summary>
    public IReadOnlyList<string> AlsoServes { get; init; } = [];

    /// <summary>True to reach the real venues.</summary>
    public required bool Live { get; init; }

    /// <summary>Smallest quantity that is quoted.</summary>
    public required decimal Dust { get; init; }

    /// <summary>Smallest price times quantity that is quoted, in the quote asset.</summary>
    public required decimal DustNotional { get; init; }

    /// <summary>PEM file of certificates to trust in place of the system's, or null.</summary>
    public required string? TrustedRoots { get; init; }

    /// <summary>Which threads there are.</summary>
    public required ThreadingMode Threading { get; init; }

    /// <summary>How the engine's thread waits.</summary>
    public required WaitStrategyKind EngineWait { get; init; }

    /// <summary>How the publishing thread waits.</summary>
    public required WaitStrategyKind PublisherWait { get; init; }

    /// <summary>How reader threads wait.</summary>
    public required ReceiveKind Receive { get; init; }

    /// <summary>Count of reader threads; 0: by the cores there are.</summary>
    public required int Readers { get; init; }

    /// <summary>Role to core: <c>engine</c>, <c>publisher</c> or a venue's name.</summary>
    public required CoreMap Cores { get; init; }

    /// <summary>What keeps the levels of the books.</summary>
    public required BookStructure Book { get; init; }

    /// <summary>Slots of each reader's lane.</summary>
    public required int LaneCapacity { get; init; }

    /// <summary>What is done with a message for which its lane has no room.</summary>
    public required FullLanePolicy LaneFull { get; init; }

    /// <summary>Quotes a slow reader may lag behind before it is conflated.</summary>
    public required int QuoteCapacity { get; init; }

    /// <summary>How long a venue's book may be crossed before it is doubted.</summary>
    public required int CrossedGraceMillis { get; init; }

    /// <summary>How often each book is compared with the venue's own, in seconds; 0: never.</summary>
    public required double AuditSeconds { get; init; }

    /// <summary>Directory of recordings of everything that is received, or null.</summary>
    public required string? Record { get; init; }

    /// <summary>Directory of the journal, or null.</summary>
    public required string? Journal { get; init; }

    /// <summary>Path of the file that processes on this machine read quotes from, or null.</summary>
    public string? SharedMemory { get; init; }

    /// <summary>Bound of the bytes of that file's ring of changes.</summary>
    public int SharedRingBytes { get; init; } = 1 << 24;

    /// <summary>True when the file's group may read it; otherwise its owner alone.</summary>
    public bool SharedGroupRead { get; init; }

    /// <summary>Longest time that the warm-up may take before anything is connected; 0: none.</summary>
    public required double WarmUpSeconds { get; init; }

    /// <summary>How the garbage collector weighs pauses.</summary>
    public required GcLatency GcLatency { get; init; }

    /// <summary>True to keep all memory of the process resident.</summary>
    public required bool LockMemory { get; init; }

    /// <summary>Seed of the embedded exchange's order flow.</summary>
    public required int SimulationSeed { get; init; }

    /// <summary>Its speed; 1 is realistic.</summary>
    public required double SimulationRate { get; init; }

    /// <summary>Least severe messages that are logged.</summary>
    public required LogLevel LogLevel { get; init; }
}
