using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>Replays files of the captures folder.</summary>
    public static Replayed Run(string venueName, params string[] files)
    {
        Assert.That(VenueRegistry.TryFind(venueName, out var venue), Is.True);
        var paths = files.Select(CaptureFolder.File).ToArray();
        IReadOnlyList<RecordedBook> books;
        using (var scanned = new Recording(paths))
        {
            books = RecordingScan.Books(scanned, venue);
        }

        using var recording = new Recording(paths);
        var session = new ReplaySession(venue, books, new ReplayOptions { Files = paths });
        return new Replayed(session, session.Run(recording));
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
