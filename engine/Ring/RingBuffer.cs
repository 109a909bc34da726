using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// The slots of the ring: native memory, aligned to 128 bytes, outside of the moving heap. Each slot carries its own
/// sequence beside the event, so that a consumer learns that an event is there from the line it reads anyway.
/// <code>
/// slot, a multiple of 64 bytes
/// offset 0   sequence   the event's sequence once it is published; that of the round before until then
/// offset 8   T          the event
/// </code>
/// Invariant: a slot whose sequence is s holds the complete event s, and nobody writes it until every gating sequence
/// has passed s. Threads: the producer that claimed s writes the slot; consumers read it after
/// <see cref="IsPublished"/>. The release in <see cref="Publish(long)"/> pairs with the acquire in
/// <see cref="IsPublished"/>.
/// </summary>
/// <typeparam name="T">The event: a struct without references.</typeparam>
public sealed unsafe class RingBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 128;
    private readonly byte* _slots;
    private readonly int _stride;
    private readonly long _mask;
    private readonly WaitSignal? _signal;
    private bool _disposed;

    /// <summary>Takes the memory at once.</summary>
    /// <param name="capacity">Count of slots, a power of two, 2 to 2^24.</param>
    /// <param name="signal">
    /// Wakes consumers that block; null when every consumer spins or yields, which spares the producer a fence.
    /// </param>
    public RingBuffer(int capacity, WaitSignal? signal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 24);
        if (!BitOperations.IsPow2(capacity))
        {
            throw new ArgumentException(
                $"the ring's capacity must be a power of two, not {capacity}",
                nameof(capacity));
        }

        Capacity = capacity;
        _mask = capacity - 1;
        _stride = (sizeof(long) + Unsafe.SizeOf<T>() + 63) & ~63;
        _signal = signal;
        var bytes = (nuint)_stride * (nuint)capacity;
        _slots = (byte*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(_slots, bytes);
        for (var slot = 0; slot < capacity; slot++)
        {
            *(long*)(_slots + ((long)slot * _stride)) = slot - capacity;   // the round before the first
        }
    }

    /// <summary>Frees the memory of a ring that nobody disposed.</summary>
    ~RingBuffer() => Free();

    /// <summary>Count of slots.</summary>
    public int Capacity { get; }

    /// <summary>Bytes from one slot to the next.</summary>
    public int SlotBytes => _stride;

    /// <summary>The event with this sequence; the caller has claimed it or has seen it published.</summary>
    [HotPath]
    public ref T this[long sequence] => ref *(T*)(Slot(sequence) + sizeof(long));

    /// <summary>The same as a pointer, for the lane's writer; slots never move.</summary>
    internal T* PointerTo(long sequence) => (T*)(Slot(sequence) + sizeof(long));

    /// <summary>True once the event is complete and may be read.</summary>
    [HotPath]
    public bool IsPublished(long sequence) => Volatile.Read(ref *(long*)Slot(sequence)) == sequence;

    /// <summary>Makes a claimed event visible.</summary>
    [HotPath]
    public void Publish(long sequence)
    {
        Volatile.Write(ref *(long*)Slot(sequence), sequence);
        _signal?.Notify();
    }

    /// <summary>
    /// Makes a claimed run visible all at once: consumers go in order, so nothing is seen before the first slot, and
    /// that one is written last.
    /// </summary>
    [HotPath]
    public void Publish(long first, long last)
    {
        for (var sequence = last; sequence >= first; sequence--)
        {
            Volatile.Write(ref *(long*)Slot(sequence), sequence);
        }

        _signal?.Notify();
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
