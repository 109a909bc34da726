using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Tuning;
using LowLatencyQuoter.Shm;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Options;

/// <summary>
/// Every setting there is, in the order in which it is shown. Flags, environment, file and help come from here.
/// </summary>
public static class SettingTable
{
    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("instruments", "BTC/USDT", "consolidated instruments, by commas; the first is the default one",
            static (d, t) => d.Instruments = SettingText.Pairs(t), static o => string.Join(',', o.Instruments)),
        new("venues", "all",
            $"venues to quote, by commas, in the order that decides ties: {VenueRegistry.Names}, or all",
            static (d, t) => (d.VenueNames, d.AllVenues) = (SettingText.VenueNames(t), SettingText.NamesAll(t)),
            static o => string.Join(',', Names(o))),
        new("levels", "10", "rows a side in each quote, 1 to 1000",
            static (d, t) => d.Levels = SettingText.Integer(t, 1, 1_000), static o => Text(o.Levels)),
        new("host", "127.0.0.1", "address to listen on; clear text stays on loopback unless asked for by name",
            static (d, t) => d.Host = Address(t), static o => o.Host),
        new("port", "50052", "port of the gRPC services; 0 takes a free one",
            static (d, t) => d.Port = SettingText.Integer(t, 0, 65_535), static o => Text(o.Port)),
        new("httpPort", "8080", "port of health, metrics and pages; 0 takes a free one",
            static (d, t) => d.HttpPort = SettingText.Integer(t, 0, 65_535), static o => Text(o.HttpPort)),
        new("adminPort", "50053", "port of quoter.v1.AdminService, where a token is configured; 0 takes a free one",
            static (d, t) => d.AdminPort = SettingText.Integer(t, 0, 65_535), static o => Text(o.AdminPort)),
        new("adminTokenFile", "", "file with the token of quoter.v1.AdminService, readable by its owner alone",
            static (d, t) => d.AdminTokenFile = ExistingFile(t), static o => o.AdminTokenFile ?? ""),
        .. AccessSettings.All,
        new("live", "false", "reach the real venues instead of the embedded exchange (untested against the real ones)",
            static (d, t) => d.Live = SettingText.Boolean(t), static o => Text(o.Live), IsSwitch: true),
        new("dust", "0", "levels with less than this quantity do not enter the quote",
            static (d, t) => d.Dust = SettingText.Amount(t), static o => Text(o.Dust)),
        new("dustNotional", "0", "levels worth less than this in the quote asset do not enter the quote",
            static (d, t) => d.DustNotional = SettingText.Amount(t), static o => Text(o.DustNotional)),
        new("trustedRoots", "", "PEM file of certificates to trust in place of the system's",
            static (d, t) => d.TrustedRoots = ExistingFile(t), static o => o.TrustedRoots ?? ""),
        new("threading.mode", "dedicated", "dedicated: engine and publisher have a thread each; shared: one for both",
            static (d, t) => d.Threading = Mode(t), static o => SettingText.Spelled(o.Threading)),
        new("threading.engineWait", "blocking", "how the engine's thread waits: blocking, yielding, busy-spin",
            static (d, t) => d.EngineWait = SettingText.Choice<WaitStrategyKind>(t),
            static o => SettingText.Spelled(o.EngineWait)),
        new("threading.publisherWait", "blocking", "how the publishing thread waits: blocking, yielding, busy-spin",
            static (d, t) => d.PublisherWait = SettingText.Choice<WaitStrategyKind>(t),
            static o => SettingText.Spelled(o.PublisherWait)),
        new("threading.receive", "blocking",
            "how the readers wait for bytes: blocking, or polling with a core for each",
            static (d, t) => d.Receive = SettingText.Choice<ReceiveKind>(t),
            static o => SettingText.Spelled(o.Receive)),
        new("threading.readers", "auto",
            "threads that read venues, in turn if there are more venues; auto: one a venue, fewer if they lack cores",
            static (d, t) => d.Readers = SettingText.IntegerOrAuto(t, 1, 64),
            static o => SettingText.OrAuto(o.Readers)),
        new("threading.cores", "", "cores of threads, for instance engine:2,publisher:3,binance:4",
            static (d, t) => d.Cores = CoreMap.Parse(t, Environment.ProcessorCount), static o => o.Cores.ToString()),
        new("engine.book", "ladder", "what keeps the books: ladder, or reference, a slow one to compare it with",
            static (d, t) => d.Book = SettingText.Choice<BookStructure>(t), static o => SettingText.Spelled(o.Book)),
        new("engine.laneCapacity", "1024", "slots of each reader's ring, a power of two",
            static (d, t) => d.LaneCapacity = SettingText.PowerOfTwo(t, 64, 1 << 20), static o => Text(o.LaneCapacity)),
        new("engine.laneFull", "wait",
            "when a reader's ring is full: wait (nothing is lost), or drop (the book leaves the quote and resyncs)",
            static (d, t) => d.LaneFull = SettingText.LaneFull(t), static o => SettingText.Spelled(o.LaneFull)),
        new("engine.quoteCapacity", "1024", "quotes a subscriber may lag before it is conflated, a power of two",
            static (d, t) => d.QuoteCapacity = SettingText.PowerOfTwo(t, 256, 1 << 20),
            static o => Text(o.QuoteCapacity)),
        new("engine.crossedGraceMillis", "500", "how long a venue's own book may be crossed before it is resynced",
            static (d, t) => d.CrossedGraceMillis = SettingText.Integer(t, 0, 60_000),
            static o => Text(o.CrossedGraceMillis)),
        new("engine.spareInstruments", "4", "room for instruments that are added while running",
            static (d, t) => d.SpareInstruments = SettingText.Integer(t, 0, 256), static o => Text(o.SpareInstruments)),
        new("audit.period", "300",
            "seconds between two comparisons of each book with the venue's own, where ids allow that, or off",
            static (d, t) => d.AuditSeconds = SettingText.SecondsOrOff(t, 86_400),
            static o => o.AuditSeconds == 0 ? "off" : Text(o.AuditSeconds), Name: "auditPeriod"),
        new("record", "", "directory for recordings of everything that the venues send, a file a venue",
            static (d, t) => d.Record = t.Length == 0 ? null : Path.GetFullPath(t), static o => o.Record ?? ""),
        new("journal", "", "directory for a journal of every event, from which a run can be repeated exactly",
            static (d, t) => d.Journal = t.Length == 0 ? null : Path.GetFullPath(t), static o => o.Journal ?? ""),
        new("shm.name", "",
            "name of a file in /dev/shm, or a path, from which processes on this machine read the quotes",
            static (d, t) => d.SharedMemory = t.Length == 0 ? null : SharedName(t), static o => o.SharedMemory ?? "",
            Name: "shm"),
        new("shm.ringBytes", "16777216", "most bytes of that file's ring of every change, from 65536 to 1073741824",
            static (d, t) => d.SharedRingBytes = SettingText.Integer(t, 1 << 16, 1 << 30),
            static o => Text(o.SharedRingBytes), Name: "shmRingBytes"),
        new("shm.groupRead", "false", "let that file's group read it, and not its owner alone",
            static (d, t) => d.SharedGroupRead = SettingText.Boolean(t), static o => Text(o.SharedGroupRead),
            IsSwitch: true, Name: "shmGroupRead"),
        new("runtime.warmUp", "3", "most seconds to compile the hot path before anything is connected, or off",
            static (d, t) => d.WarmUpSeconds = SettingText.SecondsOrOff(t, 600),
            static o => o.WarmUpSeconds == 0 ? "off" : Text(o.WarmUpSeconds)),
        new("runtime.gcLatency", "default",
            "how collections pause: default, low-latency, sustained-low-latency, or no-gc:MIB to put them off",
            static (d, t) => d.GcLatency = GcLatency.Parse(t), static o => o.GcLatency.ToString()),
        new("runtime.lockMemory", "false", "keep all memory of the process resident (needs the right to lock it)",
            static (d, t) => d.LockMemory = SettingText.Boolean(t), static o => Text(o.LockMemory), IsSwitch: true),
        new("simulation.seed", "1", "seed of the embedded exchange's order flow",
            static (d, t) => d.SimulationSeed = SettingText.Integer(t, 0, int.MaxValue),
            static o => Text(o.SimulationSeed)),
        new("simulation.rate", "1", "speed of the embedded exchange's order flow, up to 1000",
            static (d, t) => d.SimulationRate = SettingText.Factor(t, 1_000), static o => Text(o.SimulationRate)),
        new("simulation.alsoLists", "", "further instruments of the embedded exchange, to be added while running",
            static (d, t) => d.AlsoLists = t.Length == 0 ? [] : SettingText.Pairs(t),
            static o => string.Join(',', o.AlsoLists)),
        new("simulation.alsoServes", "", "further venues of the embedded exchange, to be added while running",
            static (d, t) => d.AlsoServes = t.Length == 0 ? [] : SettingText.VenueNames(t),
            static o => string.Join(',', o.AlsoServes)),
        new("logLevel", "information",
            "least severe messages on stderr: trace, debug, information, warning, error, none",
            static (d, t) => d.LogLevel = SettingText.Choice<LogLevel>(t), static o => SettingText.Spelled(o.LogLevel)),
    ];

    /// <summary>The setting with this place in the file, or null.</summary>
    public static Setting? Find(string key)
    {
        foreach (var setting in All)
        {
            if (setting.Key.Equals(key, StringComparison.Ordinal))
            {
                return setting;
            }
        }

        return null;
    }

    private static IEnumerable<string> Names(QuoterOptions options)
    {
        foreach (var venue in options.Venues)
        {
            yield return venue.Name;
        }
    }

    private static ThreadingMode Mode(string text)
    {
        var mode = SettingText.Choice<ThreadingMode>(text);
        return mode != ThreadingMode.Invoker
            ? mode
            : throw new FormatException("invoker has no threads and is for replay and tests; use dedicated or shared");
    }

    private static string Address(string text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return "127.0.0.1";
        }

        return IPAddress.TryParse(text, out _)
            ? text
            : throw new FormatException(
                $"'{text}' is no address of this machine: give one such as 127.0.0.1, 10.0.0.5 or 0.0.0.0");
    }

    private static string SharedName(string text)
    {
        try
        {
            return SharedPath.Of(text);
        }
        catch (SharedFileException e)
        {
            throw new FormatException(e.Message);
        }
    }

    private static string? ExistingFile(string text) =>
        text.Length == 0 ? null
        : File.Exists(text) ? Path.GetFullPath(text)
        : throw new FormatException($"there is no file '{text}'");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
