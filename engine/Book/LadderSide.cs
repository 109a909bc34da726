using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// One side of a venue's book: a ladder of ticks around the touch, where nearly all changes are, and sorted levels
/// ahead
/// of and behind its window. Exact for any price. This file holds what happens to levels; <c>LadderSide.Window.cs</c>
/// holds where the window stands.
/// Memory is native and bounded by <see cref="MaxBytes"/>: 264 KiB for the ladder once the side has seen some changes,
/// the sorted levels with the greatest depth there was.
/// Invariant: levels ahead are better than the window's first price, levels behind are worse than its last one, and no
/// level is between two slots. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
public partial struct LadderSide<TSide> : IBookSide<TSide>
    where TSide : struct, ISide
{
    private TickLadder<TSide> _ladder;
    private SortedLevels<TSide> _ahead;
    private SortedLevels<TSide> _behind;
    private TopLevels<TSide> _top;
    private int _misses;

    /// <summary>Count of levels.</summary>
    public int Count { get; private set; }

    /// <summary>Differs whenever the levels may differ.</summary>
    public long Version { get; private set; }

    /// <summary>The best level; there must be one.</summary>
    public readonly Level Best => _ahead.Count != 0 ? _ahead.Best
        : _ladder.Count != 0 ? _ladder.LevelAt(_ladder.FirstSlot())
        : _behind.Best;

    /// <summary>Bytes of native memory that are held.</summary>
    public readonly long NativeBytes =>
        TopLevels<TSide>.Bytes + _ladder.NativeBytes + _ahead.NativeBytes + _behind.NativeBytes;

    /// <summary>
    /// Upper bound of the native memory of a side that never had more than <paramref name="levels"/> levels.
    /// </summary>
    public static long MaxBytes(int levels) =>
        TopLevels<TSide>.Bytes + TickLadder<TSide>.Bytes + (2 * SortedLevels<TSide>.MaxBytes(levels));

    /// <summary>A cursor before the best level.</summary>
    public readonly LevelCursor First
    {
        get
        {
            var cursor = new LevelCursor { Word = -1, Block = -1 };
            if (_ahead.Count != 0)
            {
                Enter(in _ahead, ref cursor);
            }
            else
            {
                EnterWord(0, ref cursor);
            }

            return cursor;
        }
    }

    /// <summary>
    /// The level with this rank, 0 being the best; must be below <see cref="Count"/>. Counts its way down: to read
    /// level
    /// after level, use a cursor.
    /// </summary>
    public readonly Level this[int rank]
    {
        get
        {
            var cursor = First;
            Skip(ref cursor, rank);
            TryNext(ref cursor, out var level);
            return level;
        }
    }

    /// <summary>
    /// Sets the quantity at a price, 0 deletes. Deleting a price that is not there changes nothing: venues send such
    /// deletes for levels outside of the snapshot.
    /// </summary>
    /// <returns>False when the side is full; the book is then incomplete.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Set(long price, long quantity)
    {
        Version++;
        _top.OnChange(price);
        if (!_ladder.TryFind(price, out var slot))
        {
            return SetOutside(price, quantity);
        }

        Count += _ladder.Set(slot, quantity);
        return Count <= IBookSide<TSide>.MaxLevels || TakeBack(slot);
    }

    /// <summary>The quantity at a price, 0 when there is no such level.</summary>
    public readonly long QuantityAt(long price)
    {
        if (_ladder.TryFind(price, out var slot))
        {
            return _ladder.QuantityAt(slot);
        }

        return IsAhead(price) ? _ahead.QuantityAt(price) : _behind.QuantityAt(price);
    }

    /// <summary>
    /// Hands out the level after the cursor and moves the cursor behind it; false when there is none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryNext(ref LevelCursor cursor, out Level level)
    {
        var bits = cursor.Bits;
        if (bits == 0)
        {
            return TryNextElsewhere(ref cursor, out level);
        }

        var slot = (cursor.Word << 6) + BitOperations.TrailingZeroCount(bits);
        // number by number: a copy of the pair would wait for both stores to reach the cache
        Unsafe.SkipInit(out level);
        level.Price = _ladder.PriceOf(slot);
        level.Quantity = _ladder.QuantityOf(slot);
        cursor.Bits = bits & (bits - 1);
        return true;
    }

    /// <inheritdoc/>
    public readonly bool HasTop => _top.IsFresh;

    /// <inheritdoc/>
    public readonly ReadOnlySpan<Level> LastTop => _top.Levels;

    /// <inheritdoc/>
    public ReadOnlySpan<Level> Top()
    {
        if (!_top.IsFresh)
        {
            _top.End(CopyBest(_top.Begin()));
        }

        return _top.Levels;
    }

    /// <summary>Copies the best levels; returns how many.</summary>
    public readonly int CopyBest(Span<Level> levels)
    {
        var cursor = First;
        var count = 0;
        while (count < levels.Length && TryNext(ref cursor, out levels[count]))
        {
            count++;
        }

        return count;
    }

    /// <summary>Removes every level and keeps the memory. Where the window stands is learned anew.</summary>
    public void Clear()
    {
        _ladder.Close();
        _ahead.Clear();
        _behind.Clear();
        _top.OnChange();
        _misses = 0;
        Version++;
        Count = 0;
    }

    /// <summary>Keeps the best <paramref name="depth"/> levels.</summary>
    public void Truncate(int depth)
    {
        if (Count > depth)
        {
            DropWorst(Count - depth);
        }
    }

    /// <summary>
    /// Multiplies every price and quantity; false, with nothing changed, when one does not fit 64 bits.
    /// </summary>
    public bool TryMultiply(long pricePower, long quantityPower)
    {
        var cursor = First;
        while (TryNext(ref cursor, out var level))
        {
            if (!Scale.TryMultiply(level.Price, pricePower, out _)
                || !Scale.TryMultiply(level.Quantity, quantityPower, out _))
            {
                return false;
            }
        }

        Version++;
        _top.OnChange();
        Gather();
        _behind.Multiply(pricePower, quantityPower);
        Spread();
        return true;
    }

    /// <summary>Frees the memory.</summary>
    public void Free()
    {
        _ladder.Free();
        _ahead.Free();
        _behind.Free();
        _top.Free();
        this = new LadderSide<TSide> { Version = Version + 1 };
    }

    /// <summary>A level too many came into the ladder.</summary>
    private bool TakeBack(int slot)
    {
        Count += _ladder.Set(slot, 0);
        return false;
    }

    private void DropWorst(int excess)
    {
        Version++;
        _top.OnChange();
        Count -= excess;
        var count = Math.Min(excess, _behind.Count);
        _behind.DropWorst(count);
        for (excess -= count; excess > 0 && _ladder.Count != 0; excess--)
        {
            _ladder.Set(_ladder.LastSlot(), 0);
        }

        _ahead.DropWorst(excess);
    }

    /// <summary>The ladder's current word is used up, or the cursor is outside of it.</summary>
    private readonly bool TryNextElsewhere(ref LevelCursor cursor, out Level level)
    {
        if (cursor.Block < 0)
        {
            EnterWord(cursor.Word + 1, ref cursor);
            if (cursor.Bits != 0)
            {
                return TryNext(ref cursor, out level);
            }
        }

        if (cursor.Block < 0)
        {
            level = default;
            return false;
        }

        ref readonly var outside = ref cursor.Word < 0 ? ref _ahead : ref _behind;
        level = outside.At(cursor.Block, cursor.Index);
        if (--cursor.Index < 0 && --cursor.Block >= 0)
        {
            cursor.Index = outside.CountOf(cursor.Block) - 1;
        }

        return true;
    }

    /// <summary>
    /// Moves the cursor to the first occupied word from <paramref name="word"/> on, else behind the ladder.
    /// </summary>
    private readonly void EnterWord(int word, ref LevelCursor cursor)
    {
        if (word <= TickLadder<TSide>.Words)
        {
            cursor.Word = _ladder.Count == 0 ? TickLadder<TSide>.Words : _ladder.NextWord(word);
            if (cursor.Word < TickLadder<TSide>.Words)
            {
                cursor.Bits = _ladder.BitsOf(cursor.Word);
            }
            else
            {
                Enter(in _behind, ref cursor);
            }
        }
    }

    private static void Enter(in SortedLevels<TSide> outside, ref LevelCursor cursor)
    {
        cursor.Block = outside.Blocks - 1;
        cursor.Index = outside.Count != 0 ? outside.CountOf(cursor.Block) - 1 : 0;
    }

    /// <summary>
    /// Moves the cursor over levels, as many as a word or a block holds at a time; there must be more of them.
    /// </summary>
    private readonly void Skip(ref LevelCursor cursor, int levels)
    {
        while (levels > 0)
        {
            var near = cursor.Bits != 0 ? BitOperations.PopCount(cursor.Bits) : cursor.Block >= 0
                ? cursor.Index + 1 : 0;
            if (near == 0 || near > levels)
            {
                TryNext(ref cursor, out _);
                levels--;
                continue;
            }

            levels -= near;
            if (cursor.Bits != 0)
            {
                cursor.Bits = 0;
            }
            else
            {
                cursor.Index = 0;
                TryNextElsewhere(ref cursor, out _);
            }
        }
    }
}
