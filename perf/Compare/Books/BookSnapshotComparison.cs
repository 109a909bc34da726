using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>
/// Snapshots of a deep book, one after the other into the same book: what is in it is removed, then come all bids and
/// then all asks, best first, as venues send them. One operation is a level, so that a snapshot is one chunk.
/// </summary>
internal sealed class BookSnapshotComparison : LoopComparison
{
    private const long Mid = 6_183_763;
    private readonly Level[] _bids;
    private readonly Level[] _asks;
    private readonly SortedBook _dictionaries = new();
    private OrderBook _book;
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Makes a snapshot of so many levels, half of them on each side.</summary>
    public BookSnapshotComparison(int levels)
    {
        _bids = new ChangeStream(Side.Bid, levels / 2, Mid, 0, 1, ChangeSpread.Far).Initial;
        _asks = new ChangeStream(Side.Ask, levels / 2, Mid, 0, 2, ChangeSpread.Far).Initial;
    }

    /// <inheritdoc/>
    public override int Chunk => _bids.Length + _asks.Length;

    /// <inheritdoc/>
    public override void Check()
    {
        for (var snapshot = 0; snapshot < 2; snapshot++)
        {
            Ours(Chunk);
            Baseline(Chunk);
            _dictionaries.RequireSame(ref _book, "after a snapshot");
        }
    }

    /// <inheritdoc/>
    public override void Ours(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            if (_ourNext == 0)
            {
                _book.Clear();
            }

            if (_ourNext < _bids.Length)
            {
                ref readonly var bid = ref _bids[_ourNext];
                _book.Bids.Set(bid.Price, bid.Quantity);
            }
            else
            {
                ref readonly var ask = ref _asks[_ourNext - _bids.Length];
                _book.Asks.Set(ask.Price, ask.Quantity);
            }

            _ourNext = _ourNext + 1 == Chunk ? 0 : _ourNext + 1;
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            if (_baselineNext == 0)
            {
                _dictionaries.Bids.Clear();
                _dictionaries.Asks.Clear();
            }

            if (_baselineNext < _bids.Length)
            {
                ref readonly var bid = ref _bids[_baselineNext];
                _dictionaries.Bids[-bid.Price] = bid.Quantity;
            }
            else
            {
                ref readonly var ask = ref _asks[_baselineNext - _bids.Length];
                _dictionaries.Asks[ask.Price] = ask.Quantity;
            }

            _baselineNext = _baselineNext + 1 == Chunk ? 0 : _baselineNext + 1;
        }
    }

    /// <inheritdoc/>
    protected override void Release() => _book.Free();
}
