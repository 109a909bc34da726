using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Server.Tuning;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Options;

/// <summary>Options while the layers (defaults, file, environment, flags) are laid over each other.</summary>
public sealed class OptionsDraft
{
    /// <summary>The instruments so far.</summary>
    public List<Pair> Instruments { get; set; } = [];

    /// <summary>Names of the venues to quote, in order.</summary>
    public List<string> VenueNames { get; set; } = [];

    /// <inheritdoc cref="QuoterOptions.AllVenues"/>
    public bool AllVenues { get; set; }

    /// <summary>What the file says of venues, by name.</summary>
    public Dictionary<string, VenueOptions> Venues { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc cref="QuoterOptions.Levels"/>
    public int Levels { get; set; }

    /// <inheritdoc cref="QuoterOptions.Host"/>
    public string Host { get; set; } = "";

    /// <inheritdoc cref="QuoterOptions.Port"/>
    public int Port { get; set; }

    /// <inheritdoc cref="QuoterOptions.HttpPort"/>
    public int HttpPort { get; set; }

    /// <inheritdoc cref="QuoterOptions.AdminPort"/>
    public int AdminPort { get; set; }

    /// <inheritdoc cref="QuoterOptions.AdminTokenFile"/>
    public string? AdminTokenFile { get; set; }

    /// <summary>The token that the environment gives; it wins over the file's.</summary>
    public string? AdminToken { get; set; }

    /// <summary>The API key that the environment gives for a venue; it wins over the file's.</summary>
    public Func<string, string?> ApiKeyOf { get; set; } = static _ => null;

    /// <inheritdoc cref="QuoterOptions.Access"/>
    public AccessOptions Access { get; set; } = new();

    /// <inheritdoc cref="QuoterOptions.SpareInstruments"/>
    public int SpareInstruments { get; set; }

    /// <inheritdoc cref="QuoterOptions.AlsoLists"/>
    public List<Pair> AlsoLists { get; set; } = [];

    /// <inheritdoc cref="QuoterOptions.AlsoServes"/>
    public List<string> AlsoServes { get; set; } = [];

    /// <inheritdoc cref="QuoterOptions.Live"/>
    public bool Live { get; set; }

    /// <inheritdoc cref="QuoterOptions.Dust"/>
    public decimal Dust { get; set; }

    /// <inheritdoc cref="QuoterOptions.DustNotional"/>
    public decimal DustNotional { get; set; }

    /// <inheritdoc cref="QuoterOptions.TrustedRoots"/>
    public string? TrustedRoots { get; set; }

    /// <inheritdoc cref="QuoterOptions.Threading"/>
    public ThreadingMode Threading { get; set; }

    /// <inheritdoc cref="QuoterOptions.EngineWait"/>
    public WaitStrategyKind EngineWait { get; set; }

    /// <inheritdoc cref="QuoterOptions.PublisherWait"/>
    public WaitStrategyKind PublisherWait { get; set; }

    /// <inheritdoc cref="QuoterOptions.Receive"/>
    public ReceiveKind Receive { get; set; }

    /// <inheritdoc cref="QuoterOptions.Readers"/>
    public int Readers { get; set; }

    /// <inheritdoc cref="QuoterOptions.Cores"/>
    public CoreMap Cores { get; set; } = CoreMap.Empty;

    /// <inheritdoc cref="QuoterOptions.Book"/>
    public BookStructure Book { get; set; }

    /// <inheritdoc cref="QuoterOptions.LaneCapacity"/>
    public int LaneCapacity { get; set; }

    /// <inheritdoc cref="QuoterOptions.LaneFull"/>
    public FullLanePolicy LaneFull { get; set; }

    /// <inheritdoc cref="QuoterOptions.QuoteCapacity"/>
    public int QuoteCapacity { get; set; }

    /// <inheritdoc cref="QuoterOptions.CrossedGraceMillis"/>
    public int CrossedGraceMillis { get; set; }

    /// <inheritdoc cref="QuoterOptions.AuditSeconds"/>
    public double AuditSeconds { get; set; }

    /// <inheritdoc cref="QuoterOptions.Record"/>
    public string? Record { get; set; }

    /// <inheritdoc cref="QuoterOptions.Journal"/>
    public string? Journal { get; set; }

    /// <inheritdoc cref="QuoterOptions.SharedMemory"/>
    public string? SharedMemory { get; set; }

    /// <inheritdoc cref="QuoterOptions.SharedRingBytes"/>
    public int SharedRingBytes { get; set; }

    /// <inheritdoc cref="QuoterOptions.SharedGroupRead"/>
    public bool SharedGroupRead { get; set; }

    /// <inheritdoc cref="QuoterOptions.WarmUpSeconds"/>
    public double WarmUpSeconds { get; set; }

    /// <inheritdoc cref="QuoterOptions.GcLatency"/>
    public GcLatency GcLatency { get; set; } = GcLatency.Default;

    /// <inheritdoc cref="QuoterOptions.LockMemory"/>
    public bool LockMemory { get; set; }

    /// <inheritdoc cref="QuoterOptions.SimulationSeed"/>
    public int SimulationSeed { get; set; }

    /// <inheritdoc cref="QuoterOptions.SimulationRate"/>
    public double SimulationRate { get; set; }

    /// <inheritdoc cref="QuoterOptions.LogLevel"/>
    public LogLevel LogLevel { get; set; }

    /// <summary>Checks what only the whole can tell, and finishes.</summary>
    /// <exception cref="OptionsException">Names the settings that do not go together.</exception>
    public QuoterOptions Build()
    {
        if (Port != 0 && Port == HttpPort)
        {
            throw new OptionsException($"port and httpPort are both {Port}: give them different ones");
        }

        AccessSettings.Check(Access, Host);
        var token = Options.AdminToken.Read(AdminToken, AdminTokenFile);
        if (token is not null && AdminPort != 0 && (AdminPort == Port || AdminPort == HttpPort))
        {
            throw new OptionsException($"adminPort: {AdminPort} is port or httpPort already: give it another one");
        }

        foreach (var role in Cores.Roles)
        {
            if (role is not ("engine" or "publisher") && !VenueNames.Contains(role)
                && !(role == "journal" && Journal is not null)
                && !(role == "recorder" && Record is not null))
            {
                throw new OptionsException(
                    $"cores: '{role}' is no thread of this configuration; there are engine, publisher, "
                    + (Journal is null ? "" : "journal, ")
                    + (Record is null ? "" : "recorder, ")
                    + string.Join(", ", VenueNames));
            }
        }

        if (Threading == ThreadingMode.Shared && Cores.Of("publisher") >= 0)
        {
            throw new OptionsException(
                "cores: with threading shared there is no publisher thread; it shares the engine's");
        }

        var venues = new List<VenueOptions>();
        foreach (var name in VenueNames)
        {
            var venue = Venues.TryGetValue(name, out var configured) ? configured : new VenueOptions { Name = name };
            var profile = venue.Feed.Profile;
            VenueChecks.Check(venue, profile);
            venues.Add(venue with { ApiKey = VenueApiKey.Read(venue, profile, ApiKeyOf(name)) });
        }

        if (Live)
        {
            VenueChecks.CheckLive(venues);
        }

        if (Record is not null)
        {
            VenueChecks.CheckRecorded(venues);
        }

        return new QuoterOptions
        {
            Instruments = Instruments,
            Venues = venues,
            Levels = Levels,
            Host = Host,
            Port = Port,
            HttpPort = HttpPort,
            AllVenues = AllVenues,
            AdminPort = AdminPort,
            AdminTokenFile = AdminTokenFile,
            AdminToken = token,
            Access = Access,
            SpareInstruments = SpareInstruments,
            AlsoLists = AlsoLists,
            AlsoServes = AlsoServes,
            Live = Live,
            Dust = Dust,
            DustNotional = DustNotional,
            TrustedRoots = TrustedRoots,
            Threading = Threading,
            EngineWait = EngineWait,
            PublisherWait = PublisherWait,
            Receive = Receive,
            Readers = Readers,
            Cores = Cores,
            Book = Book,
            LaneCapacity = LaneCapacity,
            LaneFull = LaneFull,
            QuoteCapacity = QuoteCapacity,
            CrossedGraceMillis = CrossedGraceMillis,
            AuditSeconds = AuditSeconds,
            Record = Record,
            Journal = Journal,
            SharedMemory = SharedMemory,
            SharedRingBytes = SharedRingBytes,
            SharedGroupRead = SharedGroupRead,
            WarmUpSeconds = WarmUpSeconds,
            GcLatency = GcLatency,
            LockMemory = LockMemory,
            SimulationSeed = SimulationSeed,
            SimulationRate = SimulationRate,
            LogLevel = LogLevel,
        };
    }
}
