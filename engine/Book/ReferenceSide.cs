using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The slow, obvious structure: the framework's sorted list, best level first. Chosen by configuration to judge the
/// ladder with: the same input must give the same books and the same quotes. A change moves all levels behind it, and
/// memory is managed; so it is for comparisons and not for a fast market. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
public struct ReferenceSide<TSide> : IBookSide<TSide>
    where TSide : struct, ISide
{
    /// <summary>Quantities by <see cref="ISide.Key"/> of the price; null before the first level.</summary>
    private SortedList<long, long>? _levels;
    private Level[]? _top;
    private long _topVersion;
    private int _topCount;

    /// <inheritdoc/>
    public readonly int Count => _levels?.Count ?? 0;

    /// <inheritdoc/>
    public long Version { get; private set; }

    /// <inheritdoc/>
    public readonly Level Best => LevelAt(0);

    /// <summary>A cursor before the best level; its index is the rank of the next one.</summary>
    public readonly LevelCursor First => default;

    /// <inheritdoc/>
    public bool Set(long price, long quantity)
    {
        Version++;
        var key = TSide.Key(price);
        if (quantity == 0)
        {
            _levels?.Remove(key);
            return true;
        }

        if (Count >= IBookSide<TSide>.MaxLevels && !_levels!.ContainsKey(key))
        {
            return false;
        }

        _levels ??= [];
        _levels[key] = quantity;
        return true;
    }

    /// <inheritdoc/>
    public readonly long QuantityAt(long price) => _levels?.GetValueOrDefault(TSide.Key(price)) ?? 0;

    /// <inheritdoc/>
    public readonly bool TryNext(ref LevelCursor cursor, out Level level)
    {
        if (cursor.Index >= Count)
        {
            level = default;
            return false;
        }

        level = LevelAt(cursor.Index++);
        return true;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<Level> Top()
    {
        _top ??= GC.AllocateArray<Level>(IBookSide<TSide>.TopCount, pinned: true);
        var count = Math.Min(Count, _top.Length);
        for (var rank = 0; rank < count; rank++)
        {
            _top[rank] = LevelAt(rank);
        }

        _topVersion = Version;
        _topCount = count;
        return _top.AsSpan(0, count);
    }

    /// <inheritdoc/>
    public readonly bool HasTop => _top is not null && _topVersion == Version;

    /// <inheritdoc/>
    public readonly ReadOnlySpan<Level> LastTop => _top.AsSpan(0, _topCount);

    /// <inheritdoc/>
    public void Clear()
    {
        Version++;
        _levels?.Clear();
    }

    /// <inheritdoc/>
    public void Truncate(int depth)
    {
        Version++;
        while (Count > depth)
        {
            _levels!.RemoveAt(Count - 1);
        }
    }

    /// <inheritdoc/>
    public bool TryMultiply(long pricePower, long quantityPower)
    {
        var widened = new SortedList<long, long>(Count);
        for (var rank = 0; rank < Count; rank++)
        {
            var level = LevelAt(rank);
            if (!Scale.TryMultiply(level.Price, pricePower, out var price)
                || !Scale.TryMultiply(level.Quantity, quantityPower, out var quantity))
            {
                return false;
            }

            widened.Add(TSide.Key(price), quantity);
        }

        Version++;
        _levels = widened;
        return true;
    }

    /// <inheritdoc/>
    public void Free()
    {
        Version++;
        _levels = null;
    }

    private readonly Level LevelAt(int rank)
    {
        var levels = _levels ?? throw new InvalidOperationException("the side has no levels");
        return new Level(TSide.Key(levels.GetKeyAtIndex(rank)), levels.GetValueAtIndex(rank));
    }
}
