using System;
using System.Collections.Generic;
using System.Text;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Perf.Compare.Books;
using LowLatencyQuoter.Perf.Compare.Decoding;

namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>
/// One venue's recording without an end: a snapshot, then Binance diffs of 20 levels that come round to where the book
/// began. Their update ids go on rising: the digits are written into the frame before it is handed out.
/// </summary>
internal sealed class TickFrames
{
    private const int SideLevels = 10;
    private const int FrameCount = 64;
    private const int BookLevels = 1_000;
    private const int IdDigits = 11;
    private const long Mid = 6_183_763;
    private const long Tick = 1_000_000;   // 0.01 at scale 8
    private const long Lot = 1_000;        // 0.00001
    private const long FirstId = 50_000_000_000;
    private readonly byte[][] _frames = new byte[FrameCount][];
    private readonly int[] _firstIdAt = new int[FrameCount];
    private readonly int[] _lastIdAt = new int[FrameCount];
    private readonly byte[] _id = new byte[IdDigits];
    private int _next;

    /// <summary>The recording of venue number <paramref name="venue"/>; best prices differ by a few ticks.</summary>
    public TickFrames(int venue)
    {
        var changes = FrameCount * SideLevels;
        var bids = new ChangeStream(Side.Bid, BookLevels, Mid - (venue % 3), changes, venue);
        var asks = new ChangeStream(Side.Ask, BookLevels, Mid + (venue % 4), changes, venue + 100);
        for (var frame = 0; frame < FrameCount; frame++)
        {
            _frames[frame] = VenueText.Binance(FirstId, FirstId, Cut(bids.Changes, frame), Cut(asks.Changes, frame));
            _firstIdAt[frame] = _frames[frame].AsSpan().IndexOf("\"U\":"u8) + 4;
            _lastIdAt[frame] = _frames[frame].AsSpan().IndexOf("\"u\":"u8) + 4;
        }

        Encoding.ASCII.GetBytes(FormattableString.Invariant($"{FirstId}"), _id);
        Snapshot = MakeSnapshot(bids.Initial, asks.Initial);
    }

    /// <summary>The body of the REST snapshot.</summary>
    public byte[] Snapshot { get; }

    /// <summary>The next diff, valid until it comes round again.</summary>
    public byte[] Next()
    {
        for (var digit = IdDigits - 1; _id[digit]++ == (byte)'9'; digit--)
        {
            _id[digit] = (byte)'0';
        }

        var frame = _frames[_next];
        _id.CopyTo(frame, _firstIdAt[_next]);
        _id.CopyTo(frame, _lastIdAt[_next]);
        _next = (_next + 1) % FrameCount;
        return frame;
    }

    private static Level[] Cut(LevelChange[] changes, int frame)
    {
        var levels = new Level[SideLevels];
        for (var index = 0; index < SideLevels; index++)
        {
            ref readonly var change = ref changes[(frame * SideLevels) + index];
            levels[index] = new Level(change.Price * Tick, change.Quantity * Lot);
        }

        return levels;
    }

    private static byte[] MakeSnapshot(Level[] bids, Level[] asks)
    {
        var rows = new List<string>();
        foreach (var side in (Level[][])[bids, asks])
        {
            var levels = new List<string>();
            foreach (var level in side)
            {
                levels.Add(
                    FormattableString.Invariant($"[\"{level.Price / 100m:F8}\",\"{level.Quantity / 100_000m:F8}\"]"));
            }

            rows.Add(string.Join(',', levels));
        }

        return Encoding.ASCII.GetBytes(
            FormattableString.Invariant($"{{\"lastUpdateId\":{FirstId},\"bids\":[{rows[0]}],\"asks\":[{rows[1]}]}}"));
    }
}
