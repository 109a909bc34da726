using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Where what is known of a side ends. A snapshot that was cut off leaves levels out behind its last row: they are
/// missing, not empty, and updates tell only of those that change. So what updates say of prices behind that row is
/// kept here, apart from the side, whose levels are complete; a quote is made of those alone.
/// The default value is a side without a horizon. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
public struct DepthHorizon<TSide>
    where TSide : struct, ISide
{
    private SortedLevels<TSide> _beyond;

    /// <summary>True when there is a horizon; without one the side is known in full.</summary>
    public bool IsSet { get; private set; }

    /// <summary>The worst price up to which every level is known; 0 without a horizon.</summary>
    public long Price { get; private set; }

    /// <summary>Count of the levels beyond that updates told of.</summary>
    public readonly int Count => _beyond.Count;

    /// <summary>The best of those; there must be one.</summary>
    public readonly Level Best => _beyond.Best;

    /// <summary>True when a price is beyond the horizon.</summary>
    public readonly bool Hides(long price) => IsSet && TSide.Better(Price, price);

    /// <summary>Sets the horizon; nothing may be beyond one yet.</summary>
    public void Set(long price)
    {
        IsSet = true;
        Price = price;
    }

    /// <summary>Sets the quantity at a price beyond the horizon, 0 deletes.</summary>
    /// <param name="price">A price that <see cref="Hides"/> is true of.</param>
    /// <param name="quantity">The quantity.</param>
    /// <param name="room">How many levels there may be beyond the horizon.</param>
    /// <returns>False, with nothing changed, when there are that many others.</returns>
    /// <remarks>Compiled in full at once, as is what is called too seldom while the hot path warms up.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public bool SetBeyond(long price, long quantity, int room)
    {
        if (quantity != 0 && _beyond.Count >= room && _beyond.QuantityAt(price) == 0)
        {
            return false;
        }

        _beyond.Set(price, quantity);
        return true;
    }

    /// <summary>True when prices and quantities can be multiplied without exceeding 64 bits.</summary>
    public readonly bool CanMultiply(long pricePower, long quantityPower)
    {
        if (!Scale.TryMultiply(Price, pricePower, out _))
        {
            return false;
        }

        for (var block = 0; block < _beyond.Blocks; block++)
        {
            for (var index = 0; index < _beyond.CountOf(block); index++)
            {
                ref var level = ref _beyond.At(block, index);
                if (!Scale.TryMultiply(level.Price, pricePower, out _)
                    || !Scale.TryMultiply(level.Quantity, quantityPower, out _))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Multiplies prices and quantities, which <see cref="CanMultiply"/>.</summary>
    public void Multiply(long pricePower, long quantityPower)
    {
        Price *= pricePower;
        _beyond.Multiply(pricePower, quantityPower);
    }

    /// <summary>Copies the levels beyond the horizon to an array from a place on, best first.</summary>
    public readonly void CopyTo(Level[] levels, int at)
    {
        for (var block = _beyond.Blocks - 1; block >= 0; block--)
        {
            for (var index = _beyond.CountOf(block) - 1; index >= 0; index--)
            {
                levels[at++] = _beyond.At(block, index);
            }
        }
    }

    /// <summary>Removes the horizon and what is beyond, and keeps the memory.</summary>
    public void Clear()
    {
        IsSet = false;
        Price = 0;
        _beyond.Clear();
    }

    /// <summary>Frees the memory; there is no horizon any more.</summary>
    public void Free()
    {
        _beyond.Free();
        this = default;
    }
}
