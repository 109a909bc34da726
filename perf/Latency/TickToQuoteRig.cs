using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Perf.Latency.Marks;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// The path from a frame in user memory to the quote ring, of production parts: decoders, lanes, pipeline, engine
/// thread. One caller at a time; the threads are the rig's own.
/// </summary>
internal sealed class TickToQuoteRig : IDisposable
{
    private const int PatienceMillis = 10_000;
    private readonly RigOptions _options;
    private readonly QuoterPipeline _pipeline;
    private readonly MeasuredEngine _engine;
    private readonly AgentThread _thread;
    private readonly TapedVenue[] _venues;
    private Exception? _fatal;
    private long _nextNumber;

    /// <summary>Sets the path up and waits until every book is live.</summary>
    /// <exception cref="PerfException">The machine has too few cores.</exception>
    public TickToQuoteRig(RigOptions options)
    {
        if (options.Wait == WaitStrategyKind.BusySpin && Environment.ProcessorCount < 2)
        {
            throw new PerfException(
                "the reader and a busy-spinning engine need two cores, there is one: choose --wait blocking");
        }

        _options = options;
        var books = new BookDefinition[options.Venues];
        for (var book = 0; book < books.Length; book++)
        {
            books[book] = new BookDefinition
            {
                Venue = $"venue{book}",
                Symbol = DiffTape.Symbol,
                Instrument = 0,
                ChainRule = ChainRule.Contiguous,
                SnapshotSource = SnapshotSource.Rest,
            };
        }

        var table = new BookTable(["BTC/USDT"], books);
        var sizes = new PipelineOptions
        {
            Lanes = options.Lanes,
            LaneCapacity = LaneCapacity,
            EngineSleeps = options.Wait == WaitStrategyKind.Blocking,
            PublisherSleeps = false,
        };
        _pipeline = options.SplitsQuote
            ? new MarkedPipeline(table, sizes)
            : new QuoterPipeline<MonotonicClock>(table, sizes, default);
        _engine = new MeasuredEngine(_pipeline);
        _thread = new AgentThread(
            "engine", _engine, options.Wait, _pipeline.EngineSignal, options.Cores.Of("engine"), e => _fatal = e);
        _venues = new TapedVenue[options.Venues];
        _thread.Start();
        for (var venue = 0; venue < _venues.Length; venue++)
        {
            var tape = DiffTape.Print(venue, options.TapeLength, options.DiffLevels, options.Depth);
            _venues[venue] = new TapedVenue(venue, _venues.Length, tape, _pipeline.Lanes[venue % options.Lanes]);
            _venues[venue].GoLive(MonotonicClock.Nanos());
        }

        WaitUntil(() => Waiting.AllLive(_pipeline.Table), "a book did not become live");
    }

    /// <summary>Slots of a lane: as many as diffs need, and few enough to stay in a core's cache.</summary>
    public const int LaneCapacity = 256;

    /// <summary>Bytes of each frame.</summary>
    public int FrameBytes { get; } = DiffTape.Print(0, 2).FrameLength;

    /// <summary>That and why threads could not be pinned; empty when all could.</summary>
    public string PinFailure { get; private set; } = "";

    /// <summary>
    /// Messages applied to the books since the start, breaks of their chains, and frames not understood.
    /// </summary>
    public (long Applied, long Gaps, long Errors) Accounts
    {
        get
        {
            var (applied, gaps, errors) = (0L, 0L, 0L);
            foreach (var status in _pipeline.Table.Statuses)
            {
                applied += status.Updates;
                gaps += status.Gaps + status.Faults;
            }

            foreach (var venue in _venues)
            {
                errors += venue.Counters.DecodeErrors;
            }

            return (applied, gaps, errors);
        }
    }

    /// <summary>Count of frames that took the decoder's general way.</summary>
    public long GeneralFrames
    {
        get
        {
            var count = 0L;
            foreach (var venue in _venues)
            {
                count += venue.Counters.GeneralFrames;
            }

            return count;
        }
    }

    /// <summary>Quotes published since the start.</summary>
    public long QuoteCount => _pipeline.Quotes[0].Cursor + 1;

    /// <summary>Sends messages and waits until they are quoted, or nothing more comes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="intervalNanos">Time between two; 0: as fast as they are taken.</param>
    /// <param name="make">Makes the window: which number is the first, and what is to be noted.</param>
    /// <param name="look">Called about four times a second while it runs.</param>
    public WindowRun Run(
        long count, double intervalNanos, Func<long, MeasuredWindow> make, Action<MeasuredWindow>? look = null)
    {
        var window = make(_nextNumber);
        _nextNumber += count;
        _engine.Begin(window);
        WaitUntil(() => _engine.HasBegun(window), "the engine's thread did not take the window");
        var before = Accounts;
        var reader = new PacedReader(_venues, window, intervalNanos, _options.Cores.Of("reader"));
        reader.Start();
        while (!reader.Join(look is null ? 1_000 : 250))
        {
            ThrowIfFatal();
            look?.Invoke(window);
        }

        Waiting.WhileComing(() => window.Seen, window.Count, PatienceMillis, ThrowIfFatal);
        _engine.Begin(null);
        WaitUntil(() => _engine.HasBegun(null), "the engine's thread did not leave the window");
        PinFailure = (reader.PinFailure ?? _thread.PinFailure) is { } reason ? $"; NOT PINNED: {reason}" : "";
        var after = Accounts;
        return new WindowRun(
            window, reader, after.Applied - before.Applied, after.Gaps - before.Gaps, after.Errors - before.Errors);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var venue in _venues)
        {
            venue?.Stop();
        }

        _thread.Dispose();
        _pipeline.Dispose();
    }

    private void WaitUntil(Func<bool> holds, string failure) =>
        Waiting.Until(holds, PatienceMillis, ThrowIfFatal, failure);

    private void ThrowIfFatal()
    {
        if (_fatal is { } fatal)
        {
            throw new InvalidOperationException($"the engine's thread ended: {fatal.Message}", fatal);
        }
    }
}
