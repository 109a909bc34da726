using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>
/// Ten rows of both sides from ten venues all of whose books changed since the last merge: one merge is given several
/// sets of books by turns, so that nothing of the one before can be kept.
/// </summary>
internal sealed class MergeComparison : LoopComparison
{
    private const int InputCount = 4;
    private const int Rows = 10;
    private readonly MergeInput[] _inputs = new MergeInput[InputCount];
    private readonly ConsolidatedBook _merge;
    private readonly QuoteRow[] _ourBids = new QuoteRow[Rows];
    private readonly QuoteRow[] _ourAsks = new QuoteRow[Rows];
    private readonly QuoteRow[] _baselineBids = new QuoteRow[Rows];
    private readonly QuoteRow[] _baselineAsks = new QuoteRow[Rows];
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Fills the books.</summary>
    public MergeComparison()
    {
        for (var input = 0; input < InputCount; input++)
        {
            _inputs[input] = new MergeInput(input);
        }

        _merge = MergeInput.MakeMerge(_inputs[0]);
    }

    /// <inheritdoc/>
    public override void Check()
    {
        for (var turn = 0; turn < 3 * InputCount; turn++)
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
        for (var operation = 0; operation < operations; operation++)
        {
            var books = _inputs[_ourNext].Books;
            _merge.Merge(books, _ourBids, _ourAsks, out _, out _);
            _ourNext = (_ourNext + 1) % InputCount;
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            var queue = _inputs[_baselineNext].Queue;
            queue.Merge(queue.Bids, -1, _baselineBids);
            queue.Merge(queue.Asks, 1, _baselineAsks);
            _baselineNext = (_baselineNext + 1) % InputCount;
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }
}
