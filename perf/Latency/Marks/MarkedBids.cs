using System;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Latency.Marks;

/// <summary>
/// The product's ladder of bids, which notes when the merge first asks what became of a change: there applying ends and
/// quoting begins. The product takes no stamp at that place, so it pays for none; who measures it puts this in the
/// ladder's place. Every message of a <see cref="DiffTape"/> changes bids, so every one is marked.
/// </summary>
[HotPath]
internal struct MarkedBids : IBookSide<BidSide>
{
    private LadderSide<BidSide> _levels;
    private bool _changed;

    /// <summary>Where the times go; null: nowhere.</summary>
    public AppliedMarks? Marks { get; set; }

    /// <inheritdoc/>
    public readonly int Count => _levels.Count;

    /// <inheritdoc/>
    public long Version
    {
        get
        {
            if (_changed)
            {
                _changed = false;
                Marks?.Add(MonotonicClock.Nanos());
            }

            return _levels.Version;
        }
    }

    /// <inheritdoc/>
    public readonly Level Best => _levels.Best;

    /// <inheritdoc/>
    public readonly LevelCursor First => _levels.First;

    /// <inheritdoc/>
    public bool Set(long price, long quantity)
    {
        _changed = true;
        return _levels.Set(price, quantity);
    }

    /// <inheritdoc/>
    public long QuantityAt(long price) => _levels.QuantityAt(price);

    /// <inheritdoc/>
    public bool TryNext(ref LevelCursor cursor, out Level level) => _levels.TryNext(ref cursor, out level);

    /// <inheritdoc/>
    public ReadOnlySpan<Level> Top() => _levels.Top();

    /// <inheritdoc/>
    public readonly bool HasTop => _levels.HasTop;

    /// <inheritdoc/>
    public readonly ReadOnlySpan<Level> LastTop => _levels.LastTop;

    /// <inheritdoc/>
    public void Clear() => _levels.Clear();

    /// <inheritdoc/>
    public void Truncate(int depth) => _levels.Truncate(depth);

    /// <inheritdoc/>
    public bool TryMultiply(long pricePower, long quantityPower) => _levels.TryMultiply(pricePower, quantityPower);

    /// <inheritdoc/>
    public void Free() => _levels.Free();
}
