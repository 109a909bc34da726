using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>
/// The hand-off of one instrument's quotes: every change in a ring, the latest at its head. The writer never waits; a
/// reader that is overtaken learns it and goes on with the latest.
/// <code>
/// slot      offset 0  version: 2 * sequence + 1 while quote sequence is written, + 2 when it is complete
///           offset 8  QuoteHeader, then bid rows (levels), then ask rows (levels)
/// </code>
/// Invariant: who reads version 2s + 2, then the slot, then the same version again has read quote s whole (a seqlock a
/// slot). Threads: one writer, the engine's; any number of readers, each with its own <see cref="QuoteReader"/>.
/// </summary>
[HotPath]
public sealed unsafe class QuoteRing : IDisposable
{
    /// <summary>Bound of the rows a side.</summary>
    public const int MaxLevels = 1_000;

    private readonly byte* _slots;
    private readonly int _stride;
    private readonly long _mask;
    private readonly WaitSignal? _signal;
    private PaddedLong _cursor;
    private bool _disposed;

    /// <summary>Takes the memory at once.</summary>
    /// <param name="levels">Rows a side, 1 to 1,000.</param>
    /// <param name="capacity">Count of slots, a power of two.</param>
    /// <param name="signal">Wakes the publishing thread; null when it never sleeps.</param>
    public QuoteRing(int levels, int capacity, WaitSignal? signal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, MaxLevels);
        if (capacity < 2 || !BitOperations.IsPow2(capacity))
        {
            throw new ArgumentException($"capacity must be a power of two, not {capacity}", nameof(capacity));
        }

        Levels = levels;
        QuoteBytes = Unsafe.SizeOf<QuoteHeader>() + (2 * levels * Unsafe.SizeOf<QuoteRow>());
        _stride = (sizeof(long) + QuoteBytes + 63) & ~63;
        _mask = capacity - 1;
        _signal = signal;
        _cursor.Value = Sequence.Initial;
        var bytes = (nuint)_stride * (nuint)capacity;
        _slots = (byte*)NativeMemory.AlignedAlloc(bytes, 128);
        NativeMemory.Clear(_slots, bytes);
    }

    /// <summary>Frees the memory of a ring that nobody disposed.</summary>
    ~QuoteRing() => Free();

    /// <summary>Rows a side.</summary>
    public int Levels { get; }

    /// <summary>Bytes of one quote: header and both sides at full size.</summary>
    public int QuoteBytes { get; }

    /// <summary>Sequence of the latest complete quote; -1 before the first.</summary>
    public long Cursor => Volatile.Read(ref _cursor.Value);

    /// <summary>Writer: opens the next slot; readers see it as being written.</summary>
    internal ref QuoteHeader BeginWrite(out Span<QuoteRow> bids, out Span<QuoteRow> asks)
    {
        var sequence = _cursor.Value + 1;
        var slot = Slot(sequence);
        Volatile.Write(ref *(long*)slot, (2 * sequence) + 1);
        Volatile.WriteBarrier();   // the odd version is seen before any byte of the new quote
        var rows = slot + sizeof(long) + sizeof(QuoteHeader);
        bids = new Span<QuoteRow>(rows, Levels);
        asks = new Span<QuoteRow>(rows + (Levels * sizeof(QuoteRow)), Levels);
        ref var header = ref *(QuoteHeader*)(slot + sizeof(long));
        header.Sequence = sequence;
        return ref header;
    }

    /// <summary>Writer: completes the slot opened last and makes it the latest.</summary>
    internal void EndWrite()
    {
        var sequence = _cursor.Value + 1;
        Volatile.Write(ref *(long*)Slot(sequence), (2 * sequence) + 2);
        Volatile.Write(ref _cursor.Value, sequence);
        _signal?.Notify();
    }

    /// <summary>
    /// Reader: copies quote <paramref name="sequence"/>; false when it is not complete any more, or not yet.
    /// </summary>
    /// <param name="sequence">Which quote.</param>
    /// <param name="copy">Receives it; <see cref="QuoteBytes"/> long.</param>
    internal bool TryCopy(long sequence, Span<byte> copy)
    {
        var slot = Slot(sequence);
        var expected = (2 * sequence) + 2;
        if (Volatile.Read(ref *(long*)slot) != expected)
        {
            return false;
        }

        new ReadOnlySpan<byte>(slot + sizeof(long), QuoteBytes).CopyTo(copy);
        Volatile.ReadBarrier();   // the second look comes after the last byte was read
        return Volatile.Read(ref *(long*)slot) == expected;
    }

    /// <summary>
    /// Reader: the header alone of quote <paramref name="sequence"/>, for whoever wants its times and not its rows;
    /// false when it is not complete any more, or not yet. Any thread, without a reader of its own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryReadHeader(long sequence, out QuoteHeader header)
    {
        var slot = Slot(sequence);
        var expected = (2 * sequence) + 2;
        if (sequence < 0 || Volatile.Read(ref *(long*)slot) != expected)
        {
            header = default;
            return false;
        }

        header = *(QuoteHeader*)(slot + sizeof(long));
        Volatile.ReadBarrier();   // the second look comes after the last byte was read
        return Volatile.Read(ref *(long*)slot) == expected;
    }

    /// <summary>Frees the memory. No thread may use the ring any more.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Slot(long sequence) => _slots + ((sequence & _mask) * _stride);

    private void Free()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_slots);
        }
    }
}
