using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Replay;

/// <summary>Replays captures for tests.</summary>
internal sealed class Replayed : IDisposable
{
    private readonly ReplaySession _session;

    private Replayed(ReplaySession session, ReplayReport report)
    {
        _session = session;
        Report = report;
    }

    /// <summary>What the replay found; its books exist until disposal.</summary>
    public ReplayReport Report { get; }

    /// <summary>The latest quote of an instrument.</summary>
    public QuoteReader Quote(int instrument)
    {
        var quote = new QuoteReader(_session.Quotes[instrument]);
        Assert.That(quote.TryReadLatest(), Is.True, "no quote");
        return quote;
    }

    /// <summary>Replays files of the captures folder, or others by their full path.</summary>
    public static Replayed Run(string venueName, params string[] files) =>
        Run(venueName, BookStructure.Ladder, files);

    /// <summary>Replays them with books of a structure.</summary>
    public static Replayed Run(string venueName, BookStructure structure, params string[] files) =>
        Run(venueName, new ReplayOptions { Files = files, Book = structure });

    /// <summary>Replays them with choices, which name the files.</summary>
    public static Replayed Run(string venueName, ReplayOptions options)
    {
        Assert.That(VenueRegistry.TryFind(venueName, out var venue), Is.True);
        var paths = options.Files.Select(file => Path.IsPathRooted(file) ? file : CaptureFolder.File(file)).ToArray();
        IReadOnlyList<RecordedBook> books;
        using (var scanned = new Recording(paths))
        {
            books = RecordingScan.Books(scanned, venue);
        }

        using var recording = new Recording(paths);
        var session = new ReplaySession(venue, books, options);
        try
        {
            return new Replayed(session, session.Run(recording));
        }
        catch (CaptureFormatException)
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
