using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The best levels of a side, side by side in memory that does not move, read from the side when they are wanted and
/// kept until one of them may have changed. What happens further down, which is most of what happens, leaves them as
/// they are. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal unsafe struct TopLevels<TSide>
    where TSide : struct, ISide
{
    /// <summary>Bytes of native memory.</summary>
    public static int Bytes => Capacity * sizeof(Level);

    private const int Capacity = IBookSide<TSide>.TopCount;
    private Level* _levels;
    private long _worst;
    private int _count;
    private bool _isFresh;

    /// <summary>True when what is kept are the side's best levels.</summary>
    public readonly bool IsFresh => _isFresh;

    /// <summary>The levels, best first.</summary>
    public readonly ReadOnlySpan<Level> Levels =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef<Level>(_levels), _count);   // without a look at its sign

    /// <summary>A level changed, came or went.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnChange(long price) => _isFresh &= TSide.Better(_worst, price);

    /// <summary>Anything may have changed.</summary>
    public void OnChange() => _isFresh = false;

    /// <summary>Where to write the best levels to.</summary>
    public Span<Level> Begin()
    {
        if (_levels == null)
        {
            _levels = (Level*)NativeMemory.AlignedAlloc((nuint)Bytes, 64);
        }

        return new Span<Level>(_levels, Capacity);
    }

    /// <summary>So many were written; with room for no more, those behind the last one do not matter.</summary>
    public void End(int count)
    {
        _count = count;
        _worst = count == Capacity ? _levels[count - 1].Price : TSide.Nothing;
        _isFresh = true;
    }

    /// <summary>Frees the memory.</summary>
    public void Free()
    {
        NativeMemory.AlignedFree(_levels);
        this = default;
    }
}
