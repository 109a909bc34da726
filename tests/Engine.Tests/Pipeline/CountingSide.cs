using System;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>A structure of one's own behind the contract: the reference one, which also counts its readers.</summary>
internal struct CountingSide<TSide> : IBookSide<TSide>
    where TSide : struct, ISide
{
    private static long _walks;
    private ReferenceSide<TSide> _side;

    /// <summary>How often anybody began to read levels of any side of this kind.</summary>
    public static long Walks => Interlocked.Read(ref _walks);

    public readonly int Count => _side.Count;

    public readonly long Version => _side.Version;

    public readonly Level Best => _side.Best;

    public readonly LevelCursor First
    {
        get
        {
            Interlocked.Increment(ref _walks);
            return _side.First;
        }
    }

    public bool Set(long price, long quantity) => _side.Set(price, quantity);

    public readonly long QuantityAt(long price) => _side.QuantityAt(price);

    public readonly bool TryNext(ref LevelCursor cursor, out Level level) => _side.TryNext(ref cursor, out level);

    public ReadOnlySpan<Level> Top()
    {
        Interlocked.Increment(ref _walks);
        return _side.Top();
    }

    public readonly bool HasTop => _side.HasTop;

    public readonly ReadOnlySpan<Level> LastTop
    {
        get
        {
            Interlocked.Increment(ref _walks);
            return _side.LastTop;
        }
    }

    public void Clear() => _side.Clear();

    public void Truncate(int depth) => _side.Truncate(depth);

    public bool TryMultiply(long pricePower, long quantityPower) => _side.TryMultiply(pricePower, quantityPower);

    public void Free() => _side.Free();
}
