using System;
using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>A first pass over a recording: which books it holds.</summary>
public static class RecordingScan
{
    /// <summary>Finds every book that a frame or a REST snapshot belongs to, in order of first sight.</summary>
    /// <param name="recording">The recording, from its start; is read to its end.</param>
    /// <param name="venue">Whose it is.</param>
    /// <param name="onRecord">Called for each record, for progress; null: nobody.</param>
    public static IReadOnlyList<RecordedBook> Books(ICaptureReader recording, IVenue venue, Action? onRecord = null)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        var snapshots = new Dictionary<string, int>(StringComparer.Ordinal);
        var order = new List<string>();
        while (recording.TryRead())
        {
            onRecord?.Invoke();
            if (!TryFind(recording, venue, out var symbol, out var depth))
            {
                continue;
            }

            if (recording is { Kind: RecordKind.RestBody, Address: { } address })
            {
                snapshots[symbol] = venue.SnapshotLevelsOf(address);
            }

            if (depths.TryAdd(symbol, depth))
            {
                order.Add(symbol);
            }
            else if (depth != 0)
            {
                depths[symbol] = depth;
            }
        }

        return order.ConvertAll(symbol => new RecordedBook(symbol, depths[symbol])
        {
            SnapshotLevels = snapshots.TryGetValue(symbol, out var levels) ? levels : null,
        });
    }

    private static bool TryFind(ICaptureReader recording, IVenue venue, out string symbol, out int depth)
    {
        if (recording.Kind == RecordKind.Frame)
        {
            return venue.TryDiscover(recording.Payload.Span, out symbol, out depth);
        }

        depth = 0;
        symbol = "";
        return recording.Kind == RecordKind.RestBody
            && recording.Address is { } address && venue.Classify(address, out symbol) == RestRecord.Snapshot;
    }
}
