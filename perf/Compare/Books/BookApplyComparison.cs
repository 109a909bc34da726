using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>Changed levels into both sides of a book by turns, against a sorted dictionary a side.</summary>
internal sealed class BookApplyComparison : LoopComparison
{
    private const long Mid = 6_183_763;
    private const int ChangeCount = 1 << 15;
    private readonly ChangeStream _bidStream;
    private readonly ChangeStream _askStream;
    private readonly LevelChange[] _bidChanges;
    private readonly LevelChange[] _askChanges;
    private readonly LevelChange[] _negatedBidChanges;
    // by negated price: best first with the default comparer
    private readonly SortedDictionary<long, long> _bids = [];
    private readonly SortedDictionary<long, long> _asks = [];
    private OrderBook _book;
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Fills both books with so many levels a side.</summary>
    public BookApplyComparison(int levels)
    {
        _bidStream = new ChangeStream(Side.Bid, levels, Mid, ChangeCount, 1);
        _askStream = new ChangeStream(Side.Ask, levels, Mid, ChangeCount, 2);
        _bidChanges = _bidStream.Changes;
        _askChanges = _askStream.Changes;
        _negatedBidChanges = new LevelChange[_bidChanges.Length];
        for (var index = 0; index < _bidChanges.Length; index++)
        {
            _negatedBidChanges[index] = _bidChanges[index] with { Price = -_bidChanges[index].Price };
        }

        foreach (var level in _bidStream.Initial)
        {
            _book.Bids.Set(level.Price, level.Quantity);
            _bids[-level.Price] = level.Quantity;
        }

        foreach (var level in _askStream.Initial)
        {
            _book.Asks.Set(level.Price, level.Quantity);
            _asks[level.Price] = level.Quantity;
        }
    }

    /// <inheritdoc/>
    public override double UnitsPerOperation => 2;

    /// <inheritdoc/>
    public override void Check()
    {
        Ours(ChangeCount / 3);
        Baseline(ChangeCount / 3);
        Compare("in the middle of the changes");
        Ours(ChangeCount - (ChangeCount / 3));
        Baseline(ChangeCount - (ChangeCount / 3));
        Compare("at their end");
    }

    /// <summary>One operation is a change of each side.</summary>
    public override void Ours(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            ref readonly var bid = ref _bidChanges[_ourNext];
            _book.Bids.Set(bid.Price, bid.Quantity);
            ref readonly var ask = ref _askChanges[_ourNext];
            _book.Asks.Set(ask.Price, ask.Quantity);
            _ourNext = (_ourNext + 1) & (ChangeCount - 1);
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            Set(_bids, in _negatedBidChanges[_baselineNext]);
            Set(_asks, in _askChanges[_baselineNext]);
            _baselineNext = (_baselineNext + 1) & (ChangeCount - 1);
        }
    }

    /// <inheritdoc/>
    protected override void Release() => _book.Free();

    private static void Set(SortedDictionary<long, long> levels, in LevelChange change)
    {
        if (change.Quantity == 0)
        {
            levels.Remove(change.Price);
        }
        else
        {
            levels[change.Price] = change.Quantity;
        }
    }

    private void Compare(string when)
    {
        var same = _book.Bids.Count == _bids.Count && _book.Asks.Count == _asks.Count;
        foreach (var (price, quantity) in _bids)
        {
            same &= _book.Bids.QuantityAt(-price) == quantity;
        }

        foreach (var (price, quantity) in _asks)
        {
            same &= _book.Asks.QuantityAt(price) == quantity;
        }

        if (!same)
        {
            throw new ComparisonException($"the books of the two sides differ {when}");
        }
    }
}
