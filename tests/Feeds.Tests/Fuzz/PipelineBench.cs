using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Tests.Decoding;
using LowLatencyQuoter.Feeds.Tests.Oracle;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>A recording's books in the production path, driven by the test's thread.</summary>
internal sealed class PipelineBench : IDisposable
{
    private readonly QuoterPipeline<ManualClock> _pipeline;
    private readonly ManualClock _clock = new();

    public PipelineBench(CaptureSet capture)
    {
        Table = new BookTable(
            [.. capture.Books.Select(book => book.Symbol)], [.. capture.Books.Select(capture.Define)]);
        _pipeline = new QuoterPipeline<ManualClock>(
            Table, new PipelineOptions { Lanes = 1, EngineSleeps = false, PublisherSleeps = false }, _clock);
        var symbols = capture.Books.Select((book, index) => KeyValuePair.Create(book.Symbol, index)).ToArray();
        Decoder = new DepthDecoder(
            _pipeline.Lanes[0],
            new SymbolDirectory(symbols),
            symbols.Length,
            capture.Venue.Profile.ScaleSource,
            FullLanePolicy.DropAndFault);
        Intake = capture.Venue.MakeIntake(Decoder, [.. Enumerable.Range(0, symbols.Length)]);
        At(capture.Records[0].Nanos);
        Intake.Announce(EventKind.Connecting, FaultCode.None, _clock.Nanos);
        Intake.Announce(EventKind.Subscribed, FaultCode.None, _clock.Nanos);
        Drain();
    }

    public BookTable Table { get; }

    public DepthDecoder Decoder { get; }

    public IFrameIntake Intake { get; }

    public bool LaneIsOpen => _pipeline.Lanes[0].IsOpen;

    public void At(long nanos) => _clock.Nanos = nanos;

    public FrameOutcome Frame(ReadOnlySpan<byte> frame)
    {
        var outcome = Intake.OnFrame(frame, _clock.Nanos);
        Drain();
        return outcome;
    }

    /// <summary>Asked for until it is not too old: an update with a wrong id may have said so.</summary>
    public void Snapshot(int book, ReadOnlySpan<byte> body)
    {
        var status = _pipeline.Table.Statuses[book];
        for (var times = 0; times < 9; times++)
        {
            var refused = status.SnapshotsTooOld;
            Intake.OnSnapshot(book, body, _clock.Nanos);
            Drain();
            if (status.SnapshotsTooOld == refused)
            {
                return;
            }
        }
    }

    /// <summary>Null when the book has the levels of the slow one, the best <paramref name="most"/> a side.</summary>
    public string? Compare(int index, SlowBook slow, int most) =>
        Compare(_pipeline.CopyOf(index), slow, most);

    public static string? Compare(BookCopy book, SlowBook slow, int most)
    {
        var (bids, asks) = (new List<(decimal, decimal)>(), new List<(decimal, decimal)>());
        for (var rank = 0; rank < Math.Min(most, book.Bids.Count); rank++)
        {
            bids.Add(Of(book.Bids[rank], book));
        }

        for (var rank = 0; rank < Math.Min(most, book.Asks.Count); rank++)
        {
            asks.Add(Of(book.Asks[rank], book));
        }

        if (book.LastUpdateId != slow.LastUpdateId)
        {
            return $"update id {book.LastUpdateId}, not {slow.LastUpdateId}";
        }

        return Differs("bid", bids, slow.Bids, most) ?? Differs("ask", asks, slow.Asks, most);
    }

    public void Dispose() => _pipeline.Dispose();

    private static string? Differs(
        string side, List<(decimal, decimal)> found, SortedDictionary<decimal, decimal> wanted, int most)
    {
        var rank = 0;
        foreach (var (price, quantity) in wanted.Take(most))
        {
            if (rank == found.Count || found[rank] != (price, quantity))
            {
                return $"{side} {rank} is {(rank < found.Count ? found[rank] : "missing")}, not {(price, quantity)}";
            }

            rank++;
        }

        return rank == found.Count ? null : $"{found.Count} {side}s, not {rank}";
    }

    private static (decimal Price, decimal Quantity) Of(Level level, BookCopy book) => (
        DecoderBench.Decimal(level.Price, book.PriceScale), DecoderBench.Decimal(level.Quantity, book.QuantityScale));

    private void Drain()
    {
        while (_pipeline.DoWork() != 0)
        {
        }
    }
}
