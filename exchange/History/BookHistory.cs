using System;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.History;

/// <summary>
/// The best levels of one simulated book after each step that changed it, so many steps back: what whoever reads the
/// venue's messages may hold, and when. Any thread reads; nothing is allocated after construction.
/// </summary>
public sealed class BookHistory
{
    private readonly System.Threading.Lock _gate = new();
    private readonly SimulatedBook _book;
    private readonly HistoryLevel[] _levels;    // of each state bids, then asks
    private readonly HistoryLevel[] _now;       // the same of the book as it stands
    private readonly int _states;
    private readonly int _depth;
    private readonly bool _isRowByRow;
    private long _newest = -1;

    internal BookHistory(string venue, SimulatedBook book, int states, int depth, bool isRowByRow)
    {
        Venue = venue;
        _book = book;
        _states = states;
        _depth = depth;
        _isRowByRow = isRowByRow;
        _levels = new HistoryLevel[states * depth * 2];
        _now = new HistoryLevel[depth * 2];
        Note();
    }

    /// <summary>The venue.</summary>
    public string Venue { get; }

    /// <summary>For instance <c>BTC/USDT</c>.</summary>
    public string Instrument => _book.Listing.Instrument.Name;

    /// <summary>The venue's own spelling.</summary>
    public string Symbol => _book.Listing.Symbol;

    /// <summary>Decimals of a price in ticks.</summary>
    public int PriceDecimals => _book.Listing.PriceDecimals;

    /// <summary>Decimals of a size in lots.</summary>
    public int QuantityDecimals => _book.Listing.QuantityDecimals;

    /// <summary>Levels a side that are kept.</summary>
    public int Depth => _depth;

    /// <summary>Number of the newest state; they count from 0.</summary>
    public long Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    /// <summary>
    /// The first state from a number on that begins with these levels on both sides; -1 when none of those kept does.
    /// Where the venue sends a step row by row, levels may also be still of the state before.
    /// </summary>
    /// <param name="from">The oldest state that counts.</param>
    /// <param name="bids">Best first, at most <see cref="Depth"/>.</param>
    /// <param name="asks">Best first, at most <see cref="Depth"/>.</param>
    public long Find(long from, ReadOnlySpan<HistoryLevel> bids, ReadOnlySpan<HistoryLevel> asks)
    {
        lock (_gate)
        {
            for (var state = Math.Max(from, Oldest); state <= _newest; state++)
            {
                if (Begins(state, 0, bids) && Begins(state, _depth, asks))
                {
                    return state;
                }

                if (_isRowByRow && state > Oldest && Mixes(state, 0, bids) && Mixes(state, _depth, asks))
                {
                    return state;
                }
            }

            return -1;
        }
    }

    /// <summary>Whether a state, if it is still kept, begins with these levels.</summary>
    public bool Holds(long state, ReadOnlySpan<HistoryLevel> bids, ReadOnlySpan<HistoryLevel> asks)
    {
        lock (_gate)
        {
            return state >= Oldest && state <= _newest && Begins(state, 0, bids) && Begins(state, _depth, asks);
        }
    }

    /// <summary>The levels of a state, for whoever explains a difference.</summary>
    public string Describe(long state)
    {
        lock (_gate)
        {
            return state < Oldest || state > _newest
                ? $"state {state} is not kept"
                : $"state {state} bids {string.Join(' ', Side(state, 0).ToArray())} "
                    + $"asks {string.Join(' ', Side(state, _depth).ToArray())}";
        }
    }

    /// <summary>Call under the market's gate when the book has changed, perhaps beneath these levels.</summary>
    internal void Note()
    {
        lock (_gate)
        {
            Copy(_book.Bids, _now.AsSpan(0, _depth));
            Copy(_book.Asks, _now.AsSpan(_depth));
            if (_newest < 0 || !State(_newest).SequenceEqual(_now))
            {
                _newest++;
                _now.CopyTo(State(_newest));
            }
        }
    }

    private long Oldest => Math.Max(0, _newest - _states + 1);

    private Span<HistoryLevel> State(long state) => _levels.AsSpan((int)(state % _states) * 2 * _depth, 2 * _depth);

    private Span<HistoryLevel> Side(long state, int offset) => State(state).Slice(offset, _depth);

    private static void Copy(SimulatedSide side, Span<HistoryLevel> levels)
    {
        for (var rank = 0; rank < levels.Length; rank++)
        {
            levels[rank] = rank < side.Count ? new HistoryLevel(side.TicksAt(rank), side.LotsAt(rank)) : default;
        }
    }

    private bool Begins(long state, int offset, ReadOnlySpan<HistoryLevel> levels) =>
        Side(state, offset).StartsWith(levels);

    /// <summary>Every level is of the state or of the one before.</summary>
    private bool Mixes(long state, int offset, ReadOnlySpan<HistoryLevel> levels)
    {
        foreach (var level in levels)
        {
            if (!Side(state, offset).Contains(level) && !Side(state - 1, offset).Contains(level))
            {
                return false;
            }
        }

        return true;
    }
}
