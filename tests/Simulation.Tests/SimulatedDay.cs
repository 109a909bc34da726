using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Venues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Exchanges = LowLatencyQuoter.Exchange.Venues;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>
/// A day in virtual time on one thread: the exchange's venues, links that fail, and the quoter's own connections,
/// decoders, books and quotes. The same seed gives the same day, bit for bit.
/// </summary>
internal sealed class SimulatedDay : IDisposable
{
    private const long Millisecond = 1_000_000;
    private const long StepNanos = 10 * Millisecond;
    private const long TickNanos = 5 * Millisecond;
    private const long DisturbNanos = 100 * Millisecond;
    private const long PatienceNanos = 120_000 * Millisecond;
    private readonly DayPlan _plan;
    private readonly Random _random;
    private readonly SimulatedMarket _market;
    private readonly List<SimulatedVenue> _venues = [];
    private readonly List<SimulatedLink> _links = [];
    private readonly List<JudgedBook> _books = [];
    private readonly HashSet<JudgedBook> _unproven = [];
    private readonly List<JudgedBook> _broken = [];
    private readonly Dictionary<JudgedBook, BookState> _logged = [];
    private readonly BookTable _table;
    private readonly QuoterPipeline _pipeline;
    private readonly QuoteJudge _judge;
    private readonly QuoteHash _hash = new();
    private readonly QuoteReader[] _quotes;
    private readonly long[] _quotesRead;
    private long _nextStep;
    private long _nextTick;
    private long _nextDisturb;
    private long _stalledUntil;
    private long _engineStalls;
    private long _lossesNoticed;

    public SimulatedDay(DayPlan plan, DayLog? log)
    {
        _plan = plan;
        _random = new Random(plan.Seed ^ 0x5EED);
        Log = log;
        if (log is not null)
        {
            log.Time = Time;
        }

        Agenda = new Agenda(Time);
        _market = new SimulatedMarket(plan.Seed);
        var options = new ExchangeOptions { Instruments = plan.Instruments, Seed = plan.Seed, Clock = Time };
        foreach (var (name, _, _) in plan.Venues)
        {
            _venues.Add(new SimulatedVenue(
                Exchanges.VenueRegistry.All.Single(venue => venue.Name == name), _market, options));
        }

        _table = MakeTable();
        _pipeline = new QuoterPipeline<VirtualTime>(
            _table,
            new PipelineOptions
            {
                Lanes = _venues.Count,
                LaneCapacity = plan.LaneCapacity,
                EngineSleeps = false,
                PublisherSleeps = false,
            },
            Time);
        for (var venue = 0; venue < _venues.Count; venue++)
        {
            Connect(venue);
        }

        _books.Sort(static (left, right) => left.Index - right.Index);
        _judge = new QuoteJudge(_books);
        _quotes = [.. _pipeline.Quotes.Select(static ring => new QuoteReader(ring))];
        _quotesRead = new long[_quotes.Length];
        _nextStep = _nextTick = _nextDisturb = Time.Nanos;
    }

    public VirtualTime Time { get; } = new();

    public Agenda Agenda { get; }

    public DayLog? Log { get; }

    /// <summary>Whether things go wrong now.</summary>
    public bool IsFaulty { get; private set; } = true;

    /// <summary>The books of the engine, by index.</summary>
    public IReadOnlyList<JudgedBook> Books => _books;

    /// <summary>Whether no venue's book changes; heartbeats and the like go on.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Time between two looks at the clock, of venues and of the quoter.</summary>
    public long PaceNanos { get; set; } = TickNanos;

    /// <summary>Lives on until something holds.</summary>
    /// <returns>False when it does not within that time.</returns>
    public bool Lives(long nanos, Func<bool> until)
    {
        for (var end = Time.Nanos + nanos; Time.Nanos < end;)
        {
            Advance();
            if (until())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The venue forgets that it serves a book, on a socket that goes on.</summary>
    public void Forget(JudgedBook book)
    {
        var definition = _table.Definitions[book.Index];
        var venue = book.Link.Venue;
        var of = venue.Books.ToList().FindIndex(other => other.Listing.Symbol == definition.Symbol);
        var options = new SubscriptionOptions { Depth = _plan.Venues[definition.Connection].Depth };
        book.Link.Forget(of, venue.Name == "bitfinex"
            ? [$$"""{"event":"unsubscribe","chanId":{{venue.ChannelOf(of)}}}"""]
            : Known(definition.Connection).Resubscribe(definition.Symbol, options)
                .Where(static request => request.Contains("unsubscribe", StringComparison.Ordinal)));
    }

    /// <summary>True when the book is the venue's now.</summary>
    public bool IsVenues(JudgedBook book)
    {
        _venues.ForEach(static venue => venue.KeepsWholeBooks = true);
        return BookJudge.IsVenues(book, _pipeline);
    }

    /// <summary>Lives through the day.</summary>
    /// <exception cref="SimulationException">Something was not as it has to be.</exception>
    public DayOutcome Run()
    {
        var faultsEnd = Time.Nanos + _plan.FaultNanos;
        while (Time.Nanos < faultsEnd)
        {
            Advance();
        }

        IsFaulty = false;
        Log?.Add("nothing goes wrong any more");
        _unproven.UnionWith(_books);
        _venues.ForEach(static venue => venue.KeepsWholeBooks = true);
        while (_unproven.Count != 0)
        {
            Advance();
            if (!IsStalled)
            {
                _unproven.RemoveWhere(book => BookJudge.IsVenues(book, _pipeline));
            }

            if (Time.Nanos - faultsEnd > PatienceNanos)
            {
                var late = _unproven.Select(static book => $"{book.Name} is {book.Status.State}");
                throw new SimulationException($"not back after {PatienceNanos / 1e9} s: {string.Join(", ", late)}");
            }
        }

        CheckCounters();
        return Outcome(Time.Nanos - faultsEnd);
    }

    /// <summary>A new connection serves a book.</summary>
    public void NoteConnected(int index) => _books[index].Receipts.Shown = 0;

    /// <summary>The quoter reads something about a book.</summary>
    public void NoteRead(int index, SentFrame frame)
    {
        var book = _books[index];
        if (frame.FollowsLost != 0 && frame.IsBinding && book.Link.Venue.Name != "kraken" && !IsStalled
            && book.Status.State == BookState.Live && book.Receipts.NewestStep() < frame.FollowsLost)
        {
            _broken.Add(book);
        }

        book.Receipts.Add(Time.Nanos, frame);
        Log?.Add(
            $"{book.Name} reads {(frame.IsBody ? "a body" : "a frame")} of step {frame.Step / 100_000}, state "
            + $"{frame.Latest}{(frame.IsBinding ? "" : ", not binding")}{(frame.EndsStep ? "" : ", in part")}");
    }

    /// <summary>The engine takes what is there, unless it stands still.</summary>
    public void Drain()
    {
        if (IsStalled)
        {
            return;
        }

        while (_pipeline.DoWork() != 0)
        {
            ReadQuotes();
        }

        foreach (var book in _broken)
        {
            if (book.Status.State == BookState.Live)
            {
                throw new SimulationException($"{book.Name} stayed live although a message of it was lost");
            }

            _lossesNoticed++;
        }

        _broken.Clear();
        LogStates();
    }

    public void Dispose()
    {
        foreach (var link in _links)
        {
            link.Connection.Dispose();
        }

        _hash.Dispose();
        _pipeline.Dispose();
    }

    private bool IsStalled => Time.Nanos < _stalledUntil;

    private BookTable MakeTable()
    {
        var definitions = new List<BookDefinition>();
        for (var instrument = 0; instrument < _plan.Instruments.Count; instrument++)
        {
            for (var venue = 0; venue < _venues.Count; venue++)
            {
                var known = Known(venue);
                var subscription = new SubscriptionOptions { Depth = _plan.Venues[venue].Depth };
                definitions.Add(new BookDefinition
                {
                    Venue = known.Profile.Name,
                    Symbol = known.SymbolOf(Pair.Parse(_plan.Instruments[instrument])),
                    Instrument = instrument,
                    Connection = venue,
                    ChainRule = known.Profile.ChainRule,
                    SnapshotSource = known.SourceOf(subscription),
                    WindowLevels = known.WindowOf(subscription),
                    ChecksumPolicy = known.Profile.ChecksumPolicy,
                });
            }
        }

        return new BookTable(_plan.Instruments, definitions);
    }

    private IVenue Known(int venue) => VenueRegistry.All.Single(known => known.Profile.Name == _venues[venue].Name);

    private void Connect(int index)
    {
        var venue = _venues[index];
        var known = Known(index);
        var (_, depth, faults) = _plan.Venues[index];
        var books = Enumerable.Range(0, venue.Books.Count).Select(book => (book * _venues.Count) + index).ToArray();
        var link = new SimulatedLink(this, venue, faults, HashCodeOf(index), books);
        var subscription = new SubscriptionOptions { Depth = depth };
        var options = new ConnectionOptions
        {
            Socket = new Uri($"ws://exchange.test/{venue.Name}"),
            Rest = new Uri($"http://exchange.test/{venue.Name}"),
            Books = [.. books.Select(book => KeyValuePair.Create(_table.Definitions[book].Symbol, book))],
            Subscription = subscription,
            FullLane = _plan.FullLane,
            ReconnectDelayMax = TimeSpan.FromSeconds(3),
            PingAfter = TimeSpan.FromSeconds(3),
            Network = link,
        };
        link.Connection = known.MakeConnection(
            options, _pipeline.Lanes[index], _table.Statuses, (ILogger?)Log ?? NullLogger.Instance,
            static exception => throw new InvalidOperationException("the connection broke", exception));
        _links.Add(link);
        var asked = depth == 0 ? known.Profile.DefaultDepth : depth;
        for (var book = 0; book < books.Length; book++)
        {
            _books.Add(new JudgedBook(
                books[book],
                $"{venue.Name} {_table.Definitions[books[book]].Symbol}",
                venue.Histories[book],
                _table.Statuses[books[book]],
                asked == 0 ? int.MaxValue : asked,
                known.SourceOf(subscription) == SnapshotSource.Socket,
                link));
        }
    }

    private int HashCodeOf(int index) => unchecked((_plan.Seed * 7_919) + (index * 104_729));

    /// <summary>Until the next thing that happens, and that.</summary>
    private void Advance()
    {
        var next = Math.Min(Math.Min(Agenda.NextDue, _nextStep), _nextTick);
        Time.Nanos = Math.Max(Time.Nanos, next);
        if (next == Agenda.NextDue)
        {
            Agenda.RunNext();
        }
        else if (next == _nextStep)
        {
            _nextStep += Math.Max(StepNanos, PaceNanos);
            StepMarket();
        }
        else
        {
            _nextTick += PaceNanos;
            _links.ForEach(static link => link.Tick());
        }

        Drain();
    }

    private void StepMarket()
    {
        lock (_market.Gate)
        {
            if (!IsQuiet)
            {
                _market.Step();
            }

            foreach (var venue in _venues)
            {
                venue.Simulation.Tick();
            }
        }

        if (Time.Nanos >= _nextDisturb)
        {
            _nextDisturb += DisturbNanos;
            _links.ForEach(static link => link.Disturb());
            if (IsFaulty && _random.NextDouble() < _plan.EngineStallsPerSecond / 10)
            {
                _engineStalls++;
                _stalledUntil = Time.Nanos + (_random.Next(1, 600) * Millisecond);
                Log?.Add("the engine stands still");
            }
        }
    }

    private void LogStates()
    {
        if (Log is null)
        {
            return;
        }

        foreach (var book in _books)
        {
            if (_logged.GetValueOrDefault(book) != book.Status.State)
            {
                _logged[book] = book.Status.State;
                Log.Add($"{book.Name} is {book.Status.State}, last fault {(FaultCode)book.Status.LastFault}");
            }
        }
    }

    private void ReadQuotes()
    {
        for (var instrument = 0; instrument < _quotes.Length; instrument++)
        {
            for (; _quotesRead[instrument] <= _pipeline.Quotes[instrument].Cursor; _quotesRead[instrument]++)
            {
                if (!_quotes[instrument].TryRead(_quotesRead[instrument]))
                {
                    throw new InvalidOperationException("a batch has more quotes than their ring");
                }

                _hash.Add(_quotes[instrument]);
                _judge.Judge(_quotes[instrument]);
            }
        }
    }

    /// <summary>What must be noticed is counted, and nothing else is.</summary>
    private void CheckCounters()
    {
        foreach (var link in _links)
        {
            var errors = link.Connection.Counters.DecodeErrors;
            Check(
                (errors >= link.UnreadableRead || link.Connection.Counters.RingFullDropped != 0)
                && errors <= link.UnreadableRead + link.DoubtfulRead,
                $"{link.Venue.Name} counts {errors} messages that could not be read; {link.UnreadableRead} could not "
                + $"and {link.DoubtfulRead} perhaps");
            var ended = link.Tally[FaultKind.Lost] + link.Tally[FaultKind.Closed] + link.Tally[FaultKind.DialRefused];
            var counted = link.Connection.Counters.Disconnects;
            Check(
                counted >= link.Tally[FaultKind.DialRefused] && (counted > 0 || ended == 0),
                $"{link.Venue.Name} counts {counted} disconnects, and {ended} connections were ended or refused");
        }
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new SimulationException(otherwise);
        }
    }

    private DayOutcome Outcome(long recovery)
    {
        var tally = new FaultTally();
        _links.ForEach(link => tally.Add(link.Tally));
        for (var stall = 0L; stall < _engineStalls; stall++)
        {
            tally.Add(FaultKind.EngineStalled);
        }

        return new DayOutcome
        {
            Seed = _plan.Seed,
            QuoteHash = _hash.Current(),
            StateHash = StateHash.Compute(_table, _pipeline.CopyBooks()),
            Quotes = _judge.Quotes,
            Rows = _judge.Rows,
            Books = _books.Count,
            Resyncs = _table.Statuses.Sum(static status => status.Resyncs),
            LossesNoticed = _lossesNoticed,
            RecoveryNanos = recovery,
            Nanos = Time.Nanos,
            Tally = tally,
        };
    }
}
