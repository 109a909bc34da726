using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>The ten best levels of both sides copied out, over several books by turns.</summary>
internal sealed class BookTopComparison : LoopComparison
{
    private const int BookCount = 8;
    private const int BookLevels = 1_000;
    private const int Top = 10;
    private const long Mid = 6_183_763;
    private readonly OrderBook[] _books = new OrderBook[BookCount];
    private readonly SortedDictionary<long, long>[] _bids = new SortedDictionary<long, long>[BookCount];
    private readonly SortedDictionary<long, long>[] _asks = new SortedDictionary<long, long>[BookCount];
    private readonly Level[] _ours = new Level[2 * Top];
    private readonly Level[] _baseline = new Level[2 * Top];
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Fills the books.</summary>
    public BookTopComparison()
    {
        for (var book = 0; book < BookCount; book++)
        {
            _bids[book] = [];
            _asks[book] = [];
            foreach (var level in new ChangeStream(Side.Bid, BookLevels, Mid, 0, book).Initial)
            {
                _books[book].Bids.Set(level.Price, level.Quantity);
                _bids[book][-level.Price] = level.Quantity;
            }

            foreach (var level in new ChangeStream(Side.Ask, BookLevels, Mid, 0, book + BookCount).Initial)
            {
                _books[book].Asks.Set(level.Price, level.Quantity);
                _asks[book][level.Price] = level.Quantity;
            }
        }
    }

    /// <inheritdoc/>
    public override void Check()
    {
        for (var book = 0; book < BookCount; book++)
        {
            Ours(1);
            Baseline(1);
            for (var index = 0; index < _ours.Length; index++)
            {
                if (_ours[index].Price != _baseline[index].Price || _ours[index].Quantity != _baseline[index].Quantity)
                {
                    throw new ComparisonException($"the tops of book {book} differ at row {index}");
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Ours(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            ref var book = ref _books[_ourNext];
            book.Bids.CopyBest(_ours.AsSpan(0, Top));
            book.Asks.CopyBest(_ours.AsSpan(Top, Top));
            _ourNext = (_ourNext + 1) % BookCount;
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            var count = 0;
            foreach (var (price, quantity) in _bids[_baselineNext])
            {
                _baseline[count++] = new Level(-price, quantity);
                if (count == Top)
                {
                    break;
                }
            }

            foreach (var (price, quantity) in _asks[_baselineNext])
            {
                _baseline[count++] = new Level(price, quantity);
                if (count == 2 * Top)
                {
                    break;
                }
            }

            _baselineNext = (_baselineNext + 1) % BookCount;
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        foreach (ref var book in _books.AsSpan())
        {
            book.Free();
        }
    }
}
