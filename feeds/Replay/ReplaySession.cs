using System;
using System.Collections.Generic;
using System.Diagnostics;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// Drives a recording through the production path, with the recorded time as the engine's: the same recording always
/// gives the same quotes and the same books, whether the caller is the only thread or, as live, the reader before
/// others. Time goes on with the books' events alone. One use; one thread.
/// </summary>
public sealed class ReplaySession : IDisposable
{
    private readonly IVenue _venue;
    private readonly ReplayOptions _options;
    private readonly ManualClock _clock = new();
    private readonly BookTable _table;
    private readonly QuoterPipeline _pipeline;
    private readonly DepthLane _lane;
    private readonly DepthDecoder _decoder;
    private readonly IFrameIntake _intake;
    private readonly Dictionary<string, int> _books = new(StringComparer.Ordinal);
    private readonly QuoteTally _quotes;
    private readonly ReplayDrive _drive;
    private readonly ExportStep? _export;
    private readonly ReplayPacer _pacer;
    private long _published;

    /// <summary>Prepares the books of the recording.</summary>
    /// <param name="venue">Whose recording it is.</param>
    /// <param name="books">The books it holds, as <see cref="RecordingScan"/> finds them.</param>
    /// <param name="options">Choices.</param>
    public ReplaySession(IVenue venue, IReadOnlyList<RecordedBook> books, ReplayOptions options)
    {
        _venue = venue;
        _options = options;
        _pacer = new ReplayPacer(options.Speed);
        var instruments = new List<string>();
        var definitions = new List<BookDefinition>();
        foreach (var book in books)
        {
            _books.Add(book.Symbol, definitions.Count);
            instruments.Add(book.Symbol);
            definitions.Add(Define(book, definitions.Count));
        }

        _table = new BookTable(instruments, definitions);
        _pipeline = QuoterPipeline.Make(
            options.Book,
            _table,
            new PipelineOptions
            {
                Lanes = 1,
                Levels = options.Levels,
                EngineSleeps = options.Mode != ThreadingMode.Invoker,
                PublisherSleeps = options.Mode == ThreadingMode.Dedicated,
                OneThread = options.Mode == ThreadingMode.Shared,
            },
            _clock);
        _quotes = new QuoteTally(_pipeline);
        _drive = new ReplayDrive(_pipeline, _quotes, options.Mode);
        if (options.Export is { } export)
        {
            _export = options.Mode == ThreadingMode.Invoker
                ? new ExportStep(_pipeline, _drive, export)
                : throw new ArgumentException("a replay on threads cannot be exported", nameof(options));
        }

        _lane = _export?.Lane ?? _pipeline.Lanes[0];
        _decoder = new DepthDecoder(
            _lane,
            new SymbolDirectory(_books),
            _books.Count,
            venue.Profile.ScaleSource,
            FullLanePolicy.DropAndFault);
        var indexes = new int[_books.Count];
        for (var book = 0; book < indexes.Length; book++)
        {
            indexes[book] = book;
        }

        _intake = venue.MakeIntake(_decoder, indexes);
    }

    /// <summary>The quotes of each book, one instrument a book; the recorded books' order.</summary>
    public IReadOnlyList<QuoteRing> Quotes => _pipeline.Quotes;

    /// <summary>Plays the recording from where it stands to its end.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="onRecord">Called after each record, for progress; null: nobody.</param>
    /// <exception cref="CaptureFormatException">A record cannot be read or attributed.</exception>
    public ReplayReport Run(ICaptureReader recording, Action? onRecord = null)
    {
        var started = Stopwatch.GetTimestamp();
        var measuredFrom = 0L;
        var measuredEvents = 0L;
        var first = true;
        while (recording.TryRead())
        {
            if (first)
            {
                first = false;
                AnnounceConnection(recording.Nanos);
            }

            _pacer.WaitFor(recording.Nanos);
            if (_drive.HasThreads && !_decoder.HasRoomFor(recording.Payload.Length))
            {
                _drive.Settle();
            }

            Play(recording);
            Drain(recording.Nanos);
            onRecord?.Invoke();
            if (measuredFrom == 0 && _intake.Counters.DepthMessages >= 100)
            {
                measuredEvents = _pipeline.EventCount;   // the first messages bring code and buffers into being
                measuredFrom = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        _drive.Stop();
        var allocated = measuredFrom == 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - measuredFrom;
        var events = measuredFrom == 0 ? 0 : _pipeline.EventCount - measuredEvents;
        return Report(
            Stopwatch.GetElapsedTime(started).TotalMilliseconds, events == 0 ? 0 : (double)allocated / events);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _drive.Dispose();
        _quotes.Dispose();
        _export?.Dispose();
        _pipeline.Dispose();
    }

    private BookDefinition Define(RecordedBook book, int instrument)
    {
        var subscription = new SubscriptionOptions { Depth = book.Depth != 0 ? book.Depth : _options.Depth };
        return new BookDefinition
        {
            Venue = _venue.Profile.Name,
            Symbol = book.Symbol,
            Instrument = instrument,
            ChainRule = _venue.Profile.ChainRule,
            SnapshotSource = _venue.SourceOf(subscription),
            ChecksumPolicy = _options.ChecksumPolicy ?? _venue.Profile.ChecksumPolicy,
            WindowLevels = _venue.WindowOf(subscription),
            SnapshotLevels = book.SnapshotLevels ?? _venue.SnapshotLevelsOf(subscription),
        };
    }

    private void Play(ICaptureReader recording)
    {
        switch (recording.Kind)
        {
            case RecordKind.Frame:
                _intake.OnFrame(recording.Payload.Span, recording.Nanos);
                return;
            case RecordKind.Connect:
                if (_intake.Counters.Frames != 0)
                {
                    _intake.Announce(EventKind.Disconnected, FaultCode.ConnectionLost, recording.Nanos);
                    AnnounceConnection(recording.Nanos);
                }

                return;
        }

        var symbol = "";
        var record = recording.Address is { } address ? _venue.Classify(address, out symbol) : RestRecord.Snapshot;
        switch (record)
        {
            case RestRecord.Instruments:
                Declare(recording);
                break;
            case RestRecord.Snapshot when _books.TryGetValue(SymbolOf(recording, symbol), out var book):
                _intake.OnSnapshot(book, recording.Payload.Span, recording.Nanos);
                break;
        }
    }

    private void AnnounceConnection(long nanos)
    {
        _intake.Announce(EventKind.Connecting, FaultCode.None, nanos);
        _intake.Announce(EventKind.Subscribed, FaultCode.None, nanos);
        Drain(nanos);
    }

    private string SymbolOf(ICaptureReader recording, string symbol)
    {
        if (symbol.Length != 0)
        {
            return symbol;
        }

        return _table.Definitions.Length == 1
            ? _table.Definitions[0].Symbol
            : throw new CaptureFormatException(
                $"{recording.Place}: a snapshot that names no symbol, in a recording of several; "
                + "choose one with --symbol");
    }

    private void Declare(ICaptureReader recording)
    {
        try
        {
            foreach (var precision in _venue.ReadInstruments(recording.Payload))
            {
                if (_books.TryGetValue(precision.Symbol, out var book))
                {
                    _intake.Declare(book, precision.PriceScale, precision.QuantityScale);
                }
            }
        }
        catch (FormatException e)
        {
            throw new CaptureFormatException($"{recording.Place}: {e.Message}");
        }
    }

    /// <summary>
    /// The clock is told the time of events only, and on threads not even that, so that no book is doubted by the clock
    /// alone: when that is looked at would depend on the threads.
    /// </summary>
    private void Drain(long nanos)
    {
        if (!_drive.HasThreads && _lane.PublishedCount != _published)
        {
            _clock.Nanos = nanos;
        }

        _export?.Pass();
        _drive.AfterRecord();
        while (_decoder.OwesEvents)
        {
            _drive.Settle();
            _intake.TellOwed();
            _export?.Pass();
            _drive.AfterRecord();
        }

        _published = _lane.PublishedCount;
    }

    private ReplayReport Report(double elapsedMillis, double allocatedBytesPerEvent)
    {
        var books = _pipeline.CopyBooks();
        return new ReplayReport
        {
            Venue = _venue.Profile.Name,
            Table = _table,
            Books = books,
            Frames = _intake.Counters.Frames,
            DepthEvents = _intake.Counters.DepthMessages,
            DecodeErrors = _intake.Counters.DecodeErrors,
            Quotes = _quotes.Count,
            StateHash = StateHash.Compute(_table, books),
            QuoteHash = _quotes.Hash(),
            ElapsedMillis = elapsedMillis,
            AllocatedBytesPerEvent = allocatedBytesPerEvent,
        };
    }
}
