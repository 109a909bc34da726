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
    private readonly SortedBook _dictionaries = new();
    private OrderBook _book;
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Fills both books with so many levels a side.</summary>
    /// <param name="levels">Levels a side.</param>
    /// <param name="spread">Where they lie, and which of them change.</param>
    public BookApplyComparison(int levels, ChangeSpread spread)
    {
        _bidStream = new ChangeStream(Side.Bid, levels, Mid, ChangeCount, 1, spread);
        _askStream = new ChangeStream(Side.Ask, levels, Mid, ChangeCount, 2, spread);
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
            _dictionaries.Bids[-level.Price] = level.Quantity;
        }

        foreach (var level in _askStream.Initial)
        {
            _book.Asks.Set(level.Price, level.Quantity);
            _dictionaries.Asks[level.Price] = level.Quantity;
        }
    }

    /// <inheritdoc/>
    public override double UnitsPerOperation => 2;

    /// <inheritdoc/>
    public override void Check()
    {
        Ours(ChangeCount / 3);
        Baseline(ChangeCount / 3);
        _dictionaries.RequireSame(ref _book, "in the middle of the changes");
        Ours(ChangeCount - (ChangeCount / 3));
        Baseline(ChangeCount - (ChangeCount / 3));
        _dictionaries.RequireSame(ref _book, "at their end");
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
            SortedBook.Set(_dictionaries.Bids, in _negatedBidChanges[_baselineNext]);
            SortedBook.Set(_dictionaries.Asks, in _askChanges[_baselineNext]);
            _baselineNext = (_baselineNext + 1) & (ChangeCount - 1);
        }
    }

    /// <inheritdoc/>
    protected override void Release() => _book.Free();
}
