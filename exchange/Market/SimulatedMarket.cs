using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Exchange.History;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>
/// All books of all venues around one common mid an instrument. Time enters only as the number of steps: the same seed
/// and the same number of steps give the same books. Not thread safe: whoever touches it holds <see cref="Gate"/>.
/// </summary>
internal sealed class SimulatedMarket
{
    /// <summary>Market time of one step.</summary>
    public const double StepSeconds = 0.01;

    private readonly int _seed;
    private readonly Dictionary<InstrumentProfile, CommonMid> _mids = [];
    private readonly List<(BookFlow Flow, SimulatedBook Book, List<IBookObserver> Observers)> _books = [];
    private readonly Dictionary<SimulatedBook, BookHistory> _histories = [];
    private long _steps;

    public SimulatedMarket(int seed) => _seed = seed;

    /// <summary>Whoever steps, reads a book or changes who listens holds it.</summary>
    public System.Threading.Lock Gate { get; } = new();

    /// <summary>Faults that the books themselves have.</summary>
    public MarketFaults Faults { get; } = new();

    /// <summary>Market time that has passed.</summary>
    public TimeSpan Elapsed => TimeSpan.FromMilliseconds(_steps * 10);

    /// <summary>True: time passes, and no book changes.</summary>
    public bool IsStill { get; set; }

    /// <summary>Adds one venue's book of one instrument.</summary>
    public SimulatedBook List(string venue, Listing listing, FlowProfile profile)
    {
        if (!_mids.TryGetValue(listing.Instrument, out var mid))
        {
            mid = new CommonMid(listing.Instrument, _seed);
            _mids.Add(listing.Instrument, mid);
        }

        var book = new SimulatedBook(listing);
        var flow = new BookFlow(book, profile, mid, Seeds.Derive(_seed, venue, listing.Instrument.Name));
        _books.Add((flow, book, []));
        return book;
    }

    /// <summary>Has the observer called after every step of the book.</summary>
    public void Observe(SimulatedBook book, IBookObserver observer) =>
        _books.Find(entry => entry.Book == book).Observers.Add(observer);

    /// <summary>Keeps the states of a book from now on.</summary>
    public void Remember(SimulatedBook book, BookHistory history) => _histories.Add(book, history);

    /// <summary>Moves the price that all venues agree on, by hundredths of a percent.</summary>
    public void Shift(InstrumentProfile instrument, double basisPoints) => _mids[instrument].Shift(basisPoints);

    /// <summary>Moves everything one step on.</summary>
    public void Step()
    {
        _steps++;
        foreach (var mid in _mids.Values)
        {
            if (!IsStill)
            {
                mid.Step();
            }
        }

        var elapsed = Elapsed;
        foreach (var (flow, book, observers) in _books)
        {
            if (IsStill)
            {
                book.BeginStep();
            }
            else
            {
                flow.Step();
                Faults.Stepped(book);
            }

            if (book.Changes.Count != 0 && _histories.TryGetValue(book, out var history))
            {
                history.Note();
            }

            foreach (var observer in observers)
            {
                observer.Stepped(book, elapsed);
            }
        }
    }
}
