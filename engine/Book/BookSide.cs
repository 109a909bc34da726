using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// One side of a venue's book: levels in a sorted array, the best one last, so that a change near the touch moves few
/// of them. Exact for any price. Memory is native, doubles as the side grows and never exceeds
/// <see cref="MaxLevels"/> levels of 16 bytes.
/// Invariant: prices are distinct and strictly ordered from worst to best; every quantity is positive.
/// Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
public unsafe struct BookSide<TSide>
    where TSide : struct, ISide<TSide>
{
    /// <summary>Bound of one side. The deepest book seen on a venue has 46,000 levels.</summary>
    public const int MaxLevels = 1 << 20;

    private const int InitialLevels = 64;
    private Level* _levels;
    private int _capacity;

    /// <summary>Count of levels.</summary>
    public int Count { get; private set; }

    /// <summary>True when there is a level.</summary>
    public readonly bool HasLevels => Count != 0;

    /// <summary>The best level; there must be one.</summary>
    public readonly Level Best => _levels[Count - 1];

    /// <summary>The level with this rank, 0 being the best; must be below <see cref="Count"/>.</summary>
    public readonly ref readonly Level this[int rank] => ref _levels[Count - 1 - rank];

    /// <summary>
    /// Sets the quantity at a price, 0 deletes. Deleting a price that is not there changes nothing: venues send such
    /// deletes for levels outside of the snapshot.
    /// </summary>
    /// <returns>False when the side is full; the book is then incomplete.</returns>
    public bool Set(long price, long quantity)
    {
        var index = Find(price, out var found);
        if (quantity == 0)
        {
            if (found)
            {
                RemoveAt(index);
            }

            return true;
        }

        if (found)
        {
            _levels[index].Quantity = quantity;
            return true;
        }

        return Insert(index, price, quantity);
    }

    /// <summary>The quantity at a price, 0 when there is no such level.</summary>
    public readonly long QuantityAt(long price)
    {
        var index = Find(price, out var found);
        return found ? _levels[index].Quantity : 0;
    }

    /// <summary>Removes every level.</summary>
    public void Clear() => Count = 0;

    /// <summary>Keeps the best <paramref name="depth"/> levels.</summary>
    public void Truncate(int depth)
    {
        var excess = Count - depth;
        if (excess > 0)
        {
            Move(excess, 0, depth);
            Count = depth;
        }
    }

    /// <summary>
    /// Multiplies every price and quantity; false, with nothing changed, when one does not fit 64 bits.
    /// </summary>
    public readonly bool TryMultiply(long pricePower, long quantityPower)
    {
        for (var index = 0; index < Count; index++)
        {
            if (!Scale.TryMultiply(_levels[index].Price, pricePower, out _)
                || !Scale.TryMultiply(_levels[index].Quantity, quantityPower, out _))
            {
                return false;
            }
        }

        for (var index = 0; index < Count; index++)
        {
            _levels[index].Price *= pricePower;
            _levels[index].Quantity *= quantityPower;
        }

        return true;
    }

    /// <summary>Frees the memory.</summary>
    public void Free()
    {
        NativeMemory.AlignedFree(_levels);
        _levels = null;
        _capacity = 0;
        Count = 0;
    }

    /// <summary>
    /// The index of the price, or the index where it belongs. Looks at the eight best levels one by one, since most
    /// changes are there, then halves.
    /// </summary>
    private readonly int Find(long price, out bool found)
    {
        var index = Count - 1;
        var near = Math.Max(0, Count - 8);
        for (; index >= near; index--)
        {
            var at = _levels[index].Price;
            if (at == price)
            {
                found = true;
                return index;
            }

            if (TSide.Better(price, at))
            {
                found = false;
                return index + 1;
            }
        }

        return FindDeep(price, index, out found);
    }

    private readonly int FindDeep(long price, int high, out bool found)
    {
        var low = 0;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var at = _levels[middle].Price;
            if (at == price)
            {
                found = true;
                return middle;
            }

            if (TSide.Better(price, at))
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        found = false;
        return low;
    }

    private bool Insert(int index, long price, long quantity)
    {
        if (Count == _capacity && !TryGrow())
        {
            return false;
        }

        Move(index, index + 1, Count - index);
        _levels[index] = new Level(price, quantity);
        Count++;
        return true;
    }

    private void RemoveAt(int index)
    {
        Move(index + 1, index, Count - index - 1);
        Count--;
    }

    private readonly void Move(int from, int to, int count)
    {
        if (count > 0)
        {
            Buffer.MemoryCopy(
                _levels + from, _levels + to, (long)count * sizeof(Level), (long)count * sizeof(Level));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGrow()
    {
        if (_capacity == MaxLevels)
        {
            return false;
        }

        var capacity = _capacity == 0 ? InitialLevels : _capacity * 2;
        _levels = (Level*)NativeMemory.AlignedRealloc(_levels, (nuint)capacity * (nuint)sizeof(Level), 64);
        _capacity = capacity;
        return true;
    }
}
