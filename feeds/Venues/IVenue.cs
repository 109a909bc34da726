using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>
/// A venue by name, for everything that is not hot: the dialect's members behind an object. The only implementation is
/// <see cref="Venue{TDialect}"/>.
/// </summary>
public interface IVenue
{
    /// <summary>The venue's facts.</summary>
    VenueProfile Profile { get; }

    /// <summary>Path of the list of instruments.</summary>
    string InstrumentsPath { get; }

    /// <summary>What the venue counts for asking for it.</summary>
    int InstrumentsWeight { get; }

    /// <summary>Makes the intake of one connection.</summary>
    IFrameIntake MakeIntake(DepthDecoder decoder, int[] books);

    /// <summary>Makes a live connection; its reader starts when it is told to.</summary>
    IVenueConnection MakeConnection(
        ConnectionOptions options, DepthLane lane, BookStatus[] statuses, ILogger log, Action<Exception> onFatal);

    /// <summary>A pair in the venue's spelling.</summary>
    string SymbolOf(Pair pair);

    /// <summary>Where snapshots come from with these choices.</summary>
    SnapshotSource SourceOf(SubscriptionOptions options);

    /// <summary>Levels a side of the venue's window with these choices; 0: no window.</summary>
    int WindowOf(SubscriptionOptions options);

    /// <summary>Levels a side that a snapshot has at most with these choices; 0: all.</summary>
    int SnapshotLevelsOf(SubscriptionOptions options);

    /// <summary>Levels a side that the answer of a recorded address has at most; 0: all.</summary>
    int SnapshotLevelsOf(Uri address);

    /// <summary>Reads what is granted before a connection.</summary>
    Admission ReadAdmission(ReadOnlyMemory<byte> body);

    /// <summary>The text frame that keeps a connection alive; empty: none.</summary>
    string KeepAlive(long unixMillis);

    /// <summary>Path and query of the socket.</summary>
    string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options);

    /// <summary>Frames that subscribe.</summary>
    IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options);

    /// <summary>Frames that make the venue send a snapshot anew.</summary>
    IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options);

    /// <summary>Path and query of a REST snapshot.</summary>
    string SnapshotPath(string symbol, SubscriptionOptions options);

    /// <summary>Reads the list of instruments.</summary>
    IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body);

    /// <summary>What a recorded address serves.</summary>
    RestRecord Classify(Uri address, out string symbol);

    /// <summary>The symbol that a recorded frame carries a book of.</summary>
    bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth);

    /// <summary>Prints a made-up market in the venue's dialect.</summary>
    ISamplePrinter Samples { get; }
}
