using System;
using System.Collections.Generic;
using System.IO;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Feeds.Tardis;

/// <summary>
/// What a replay applies to its books, as a file of Tardis' <c>incremental_book_L2</c>: whoever applies the rows in
/// order has the same books. A book begins with the rows of a snapshot that the engine has proven, the updates that
/// waited for it included; updates that the engine does not apply are left out, and levels that leave a venue's window
/// are deleted. One thread.
/// </summary>
public sealed class TardisExport : IDisposable
{
    private readonly TardisWriter _writer;
    private readonly List<(Side Side, decimal Price, decimal Amount)> _rows = [];
    private TardisBook[] _books = [];

    /// <summary>Makes the file, over one that is there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public TardisExport(string path)
    {
        Path = path;
        _writer = new TardisWriter(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Rows written so far.</summary>
    public long Rows => _writer.Rows;

    /// <summary>Call with each part of a message before the engine takes it, which may change it.</summary>
    internal void OnPart(ref DepthEvent item)
    {
        if ((item.Flags & EventFlags.First) != 0)
        {
            _rows.Clear();
        }

        if (item.Kind != EventKind.Update)
        {
            return;
        }

        for (var index = 0; index < item.BidCount; index++)
        {
            Keep(Side.Bid, item.Bid(index), ref item);
        }

        for (var index = 0; index < item.AskCount; index++)
        {
            Keep(Side.Ask, item.Ask(index), ref item);
        }
    }

    /// <summary>Call when the engine has taken the last part of a message.</summary>
    internal void OnTaken(ref DepthEvent last, QuoterPipeline pipeline)
    {
        if (_books.Length == 0)
        {
            _books = Array.ConvertAll(pipeline.Table.Definitions, static _ => new TardisBook());
        }

        var book = _books[last.Book];
        var status = pipeline.Table.Statuses[last.Book];
        var definition = pipeline.Table.Definitions[last.Book];
        var moment = new TardisMoment(
            definition.Venue, definition.Symbol, last.VenueUnixNanos, last.ReceivedNanos);
        if (status.Snapshots != book.Snapshots)
        {
            if (status.State == BookState.Live)
            {
                WriteSnapshot(book, pipeline.CopyOf(last.Book), in moment);
            }
        }
        else if (status.Updates != book.Updates)
        {
            WriteUpdate(book, definition.WindowLevels, in moment);
        }

        book.Snapshots = status.Snapshots;
        book.Updates = status.Updates;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Keep(Side side, Level level, ref DepthEvent item) => _rows.Add((
        side,
        TardisSide.Number(level.Price, item.PriceScale),
        TardisSide.Number(level.Quantity, item.QuantityScale)));

    private void WriteUpdate(TardisBook book, int window, in TardisMoment moment)
    {
        foreach (var (side, price, amount) in _rows)
        {
            (side == Side.Bid ? book.Bids : book.Asks).Set(price, amount);
            _writer.Write(in moment, isSnapshot: false, side, price, amount);
        }

        WriteCut(book.Bids, window, in moment);
        WriteCut(book.Asks, window, in moment);
        book.EndsInSnapshot &= _rows.Count == 0;
    }

    private void WriteCut(TardisSide side, int window, in TardisMoment moment)
    {
        foreach (var price in side.CutTo(window))
        {
            _writer.Write(in moment, isSnapshot: false, side.Side, price, 0);
        }
    }

    /// <summary>
    /// The book as it is after the snapshot. One that follows another directly, or that is empty, could not be told
    /// from its rows: what it changes is written instead.
    /// </summary>
    private void WriteSnapshot(TardisBook book, BookCopy copy, in TardisMoment moment)
    {
        var asChanges = book.EndsInSnapshot || copy.Bids.Count + copy.Asks.Count == 0;
        var written = Write(book.Bids, copy.Bids, copy, asChanges, in moment);
        written |= Write(book.Asks, copy.Asks, copy, asChanges, in moment);
        book.EndsInSnapshot = asChanges ? book.EndsInSnapshot && !written : written;
    }

    private bool Write(
        TardisSide side, IReadOnlyList<Level> levels, BookCopy copy, bool asChanges, in TardisMoment moment)
    {
        var changes = side.Become(levels, copy);
        if (asChanges)
        {
            foreach (var (price, amount) in changes)
            {
                _writer.Write(in moment, isSnapshot: false, side.Side, price, amount);
            }

            return changes.Count != 0;
        }

        foreach (var level in levels)
        {
            _writer.Write(
                in moment,
                isSnapshot: true,
                side.Side,
                TardisSide.Number(level.Price, copy.PriceScale),
                TardisSide.Number(level.Quantity, copy.QuantityScale));
        }

        return levels.Count != 0;
    }
}
