using System;
using System.Collections.Generic;
using System.Diagnostics;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// Drives a recording through the production path, with the recorded time as the engine's and the caller as its only
/// thread: the same recording always gives the same quotes and the same books. One use; one thread.
/// </summary>
public sealed class ReplaySession : IDisposable
{
    private readonly IVenue _venue;
    private readonly ReplayOptions _options;
    private readonly ManualClock _clock = new();
    private readonly BookTable _table;
    private readonly QuoterPipeline _pipeline;
    private readonly IFrameIntake _intake;
    private readonly Dictionary<string, int> _books = new(StringComparer.Ordinal);
    private readonly QuoteReader[] _quotes;
    private readonly long[] _quotesRead;
    private readonly QuoteHash _quoteHash = new();
    private readonly ReplayPacer _pacer;
    private long _quoteCount;

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
            new PipelineOptions { Lanes = 1, Levels = options.Levels, EngineSleeps = false, PublisherSleeps = false },
            _clock);
        var decoder = new DepthDecoder(
            _pipeline.Lanes[0],
            new SymbolDirectory(_books),
            _books.Count,
            venue.Profile.ScaleSource,
            FullLanePolicy.DropAndFault);
        var indexes = new int[_books.Count];
        for (var book = 0; book < indexes.Length; book++)
        {
            indexes[book] = book;
        }

        _intake = venue.MakeIntake(decoder, indexes);
        _quotes = new QuoteReader[instruments.Count];
        _quotesRead = new long[instruments.Count];
        for (var instrument = 0; instrument < _quotes.Length; instrument++)
        {
            _quotes[instrument] = new QuoteReader(_pipeline.Quotes[instrument]);
        }
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
            _clock.Nanos = recording.Nanos;
            if (first)
            {
                first = false;
                AnnounceConnection();
            }

            _pacer.WaitFor(recording.Nanos);
            Play(recording);
            Drain();
            onRecord?.Invoke();
            if (measuredFrom == 0 && _intake.Counters.DepthMessages >= 100)
            {
                measuredEvents = _pipeline.EventCount;   // the first messages bring code and buffers into being
                measuredFrom = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        var allocated = measuredFrom == 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - measuredFrom;
        var events = measuredFrom == 0 ? 0 : _pipeline.EventCount - measuredEvents;
        return Report(
            Stopwatch.GetElapsedTime(started).TotalMilliseconds, events == 0 ? 0 : (double)allocated / events);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _quoteHash.Dispose();
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
                    _intake.Announce(EventKind.Disconnected, FaultCode.ConnectionLost, _clock.Nanos);
                    AnnounceConnection();
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

    private void AnnounceConnection()
    {
        _intake.Announce(EventKind.Connecting, FaultCode.None, _clock.Nanos);
        _intake.Announce(EventKind.Subscribed, FaultCode.None, _clock.Nanos);
        Drain();
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

    private void Drain()
    {
        while (_pipeline.DoWork() != 0)
        {
            ReadQuotes();
            _intake.TellOwed();
        }
    }

    private void ReadQuotes()
    {
        for (var instrument = 0; instrument < _quotes.Length; instrument++)
        {
            var cursor = _pipeline.Quotes[instrument].Cursor;
            for (; _quotesRead[instrument] <= cursor; _quotesRead[instrument]++)
            {
                if (!_quotes[instrument].TryRead(_quotesRead[instrument]))
                {
                    throw new InvalidOperationException(
                        $"quote {_quotesRead[instrument]} was overwritten before it was read: "
                        + "the ring is smaller than a batch");
                }

                _quoteHash.Add(_quotes[instrument]);
                _quoteCount++;
            }
        }
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
            Quotes = _quoteCount,
            StateHash = StateHash.Compute(_table, books),
            QuoteHash = _quoteHash.Current(),
            ElapsedMillis = elapsedMillis,
            AllocatedBytesPerEvent = allocatedBytesPerEvent,
        };
    }
}
