using System;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>One side of a simulated book: levels sorted best first, reachable by rank and by price.</summary>
internal sealed class SimulatedSide
{
    private readonly int _sign;
    private long[] _keys = new long[256];
    private long[] _lots = new long[256];

    public SimulatedSide(Side side) => _sign = side == Side.Bid ? -1 : 1;

    /// <summary>Number of levels.</summary>
    public int Count { get; private set; }

    /// <summary>Price in ticks of the level at a rank; 0 is the best.</summary>
    public long TicksAt(int rank) => _keys[Valid(rank)] * _sign;

    /// <summary>Size in lots of the level at a rank.</summary>
    public long LotsAt(int rank) => _lots[Valid(rank)];

    /// <summary>Size in lots of the level at a price; 0 when there is none.</summary>
    public long LotsOf(long ticks)
    {
        var at = Array.BinarySearch(_keys, 0, Count, ticks * _sign);
        return at < 0 ? 0 : _lots[at];
    }

    /// <summary>Whether the first price stands before the second on this side.</summary>
    public bool IsBetter(long ticks, long thanTicks) => ticks * _sign < thanTicks * _sign;

    /// <summary>Sets, inserts or, with 0 lots, removes the level at a price.</summary>
    public void Set(long ticks, long lots)
    {
        var at = Array.BinarySearch(_keys, 0, Count, ticks * _sign);
        if (at >= 0)
        {
            if (lots == 0)
            {
                Remove(at);
            }
            else
            {
                _lots[at] = lots;
            }
        }
        else if (lots != 0)
        {
            Insert(~at, ticks * _sign, lots);
        }
    }

    private int Valid(int rank) =>
        (uint)rank < (uint)Count ? rank : throw new ArgumentOutOfRangeException(nameof(rank));

    private void Insert(int at, long key, long lots)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
            Array.Resize(ref _lots, Count * 2);
        }

        Array.Copy(_keys, at, _keys, at + 1, Count - at);
        Array.Copy(_lots, at, _lots, at + 1, Count - at);
        _keys[at] = key;
        _lots[at] = lots;
        Count++;
    }

    private void Remove(int at)
    {
        Count--;
        Array.Copy(_keys, at + 1, _keys, at, Count - at);
        Array.Copy(_lots, at + 1, _lots, at, Count - at);
    }
}
