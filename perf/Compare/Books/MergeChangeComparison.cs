using System;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>
/// One level of each side of one venue changes, then ten rows of both sides are merged: the usual case of a live feed.
/// The change itself is part of the operation, for both.
/// </summary>
internal sealed class MergeChangeComparison : LoopComparison
{
    private const int ChangeCount = 1 << 12;
    private const int NearLevels = 8;
    private const int Rows = 10;
    private readonly MergeInput _input = new(0);
    private readonly ConsolidatedBook _merge;
    private readonly (int Venue, int Rank, long Quantity)[] _changes = new (int, int, long)[ChangeCount];
    private readonly QuoteRow[] _ourBids = new QuoteRow[Rows];
    private readonly QuoteRow[] _ourAsks = new QuoteRow[Rows];
    private readonly QuoteRow[] _baselineBids = new QuoteRow[Rows];
    private readonly QuoteRow[] _baselineAsks = new QuoteRow[Rows];
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Makes the changes.</summary>
    public MergeChangeComparison()
    {
        _merge = MergeInput.MakeMerge(_input);
        var random = new Random(3);
        foreach (ref var change in _changes.AsSpan())
        {
            change = (random.Next(MergeInput.VenueCount), random.Next(NearLevels), random.NextInt64(1, 500_000));
        }
    }

    /// <inheritdoc/>
    public override void Check()
    {
        for (var change = 0; change < ChangeCount; change++)
        {
            Ours(1);
            Baseline(1);
            MergeInput.Compare("bids", _ourBids, _baselineBids);
            MergeInput.Compare("asks", _ourAsks, _baselineAsks);
        }
    }

    /// <inheritdoc/>
    public override void Ours(int operations)
    {
        var queue = _input.Queue;
        for (var operation = 0; operation < operations; operation++)
        {
            var (venue, rank, quantity) = _changes[_ourNext];
            ref var book = ref _input.Books[venue];
            // only quantities change: prices are those of the arrays
            book.Bids.Set(queue.Bids[venue][rank].Price, quantity);
            book.Asks.Set(queue.Asks[venue][rank].Price, quantity);
            _merge.Merge(_input.Books, _ourBids, _ourAsks, out _, out _);
            _ourNext = (_ourNext + 1) & (ChangeCount - 1);
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        var queue = _input.Queue;
        for (var operation = 0; operation < operations; operation++)
        {
            var (venue, rank, quantity) = _changes[_baselineNext];
            queue.Bids[venue][rank].Quantity = quantity;
            queue.Asks[venue][rank].Quantity = quantity;
            queue.Merge(queue.Bids, -1, _baselineBids);
            queue.Merge(queue.Asks, 1, _baselineAsks);
            _baselineNext = (_baselineNext + 1) & (ChangeCount - 1);
        }
    }

    /// <inheritdoc/>
    protected override void Release() => _input.Dispose();
}
