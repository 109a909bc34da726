using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// The slots of the ring: native memory, aligned to 128 bytes, outside of the moving heap. Each slot has its own
/// sequence: that of its event once it is published, and that of the round before until then; or all share one, that of
/// the last event published.
/// <code>
/// InSlot  slots, each a multiple of 64 bytes: offset 0 sequence, offset 8 T
/// Apart   slots, each a multiple of 64 bytes: offset 0 T; behind the last slot the sequences, 8 bytes each
/// Cursor  slots, each a multiple of 64 bytes: offset 0 T
/// </code>
/// Behind that, in lines alone, the last sequence that a single producer published; for Cursor the one for all.
/// Invariant: a slot whose sequence is s or more holds the complete event s, and nobody writes it until every gating
/// sequence has passed s. Threads: the producer that claimed s writes the slot; consumers read it after <see
/// cref="IsPublished"/>. The release in <see cref="Publish(long)"/> pairs with the acquire in <see
/// cref="IsPublished"/>.
/// </summary>
/// <typeparam name="T">The event: a struct without references.</typeparam>
public sealed unsafe class RingBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int Line = 64;
    private const int Alignment = 2 * Line;
    private readonly byte* _memory;
    private readonly byte* _events;
    private readonly byte* _sequences;
    private readonly int _stride;
    private readonly int _sequenceStride;
    private readonly long _mask;
    private readonly WaitSignal? _signal;
    private bool _disposed;

    /// <summary>Takes the memory at once.</summary>
    /// <param name="capacity">Count of slots, a power of two, 2 to 2^24.</param>
    /// <param name="signal">
    /// Wakes consumers that block; null when every consumer spins or yields, which spares the producer a fence.
    /// </param>
    /// <param name="layout">Where the sequences lie.</param>
    public RingBuffer(int capacity, WaitSignal? signal = null, SequenceLayout layout = SequenceLayout.InSlot)
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
        _signal = signal;
        Layout = layout;
        var inSlot = layout == SequenceLayout.InSlot;
        _stride = WholeLines(Unsafe.SizeOf<T>() + (inSlot ? sizeof(long) : 0));
        var slots = (nuint)_stride * (nuint)capacity;
        var apart = layout == SequenceLayout.Apart ? (nuint)WholeLines(capacity * sizeof(long)) : 0;
        var bytes = slots + apart + (2 * (nuint)Alignment);
        _memory = (byte*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(_memory, bytes);
        _events = _memory + (inSlot ? sizeof(long) : 0);
        _sequences = _memory + (inSlot ? 0 : slots);
        _sequenceStride = layout switch
        {
            SequenceLayout.InSlot => _stride,
            SequenceLayout.Apart => sizeof(long),
            _ => 0,
        };
        Cursor = (long*)(_memory + slots + apart);
        *Cursor = Sequence.Initial;
        for (var slot = 0; slot < capacity; slot++)
        {
            *SequenceOf(slot) = slot - capacity;   // the round before the first
        }
    }

    /// <summary>Frees the memory of a ring that nobody disposed.</summary>
    ~RingBuffer() => Free();

    /// <summary>Count of slots.</summary>
    public int Capacity { get; }

    /// <summary>Where the sequences lie.</summary>
    public SequenceLayout Layout { get; }

    /// <summary>Bytes from one slot to the next.</summary>
    public int SlotBytes => _stride;

    /// <summary>
    /// Where a single producer keeps the last sequence it published. With one sequence for all it is that sequence: a
    /// store more for each event, to another line, takes a third of the throughput.
    /// </summary>
    internal long* Cursor { get; }

    /// <summary>
    /// True when a consumer that waits may fetch the next slot ahead: a small one, whose sequence it looks at anyway.
    /// With one sequence for all it would take the slot away while the producer writes to it.
    /// </summary>
    internal bool IsFetchedAhead => _stride <= 2 * Line && Layout != SequenceLayout.Cursor;

    /// <summary>The event with this sequence; the caller has claimed it or has seen it published.</summary>
    [HotPath]
    public ref T this[long sequence] => ref *PointerTo(sequence);

    /// <summary>The same as a pointer, for the lane's writer; slots never move.</summary>
    internal T* PointerTo(long sequence) => (T*)(_events + ((sequence & _mask) * _stride));

    /// <summary>
    /// True once the event is complete and may be read. Stays true when its slot is used again: only ask for events
    /// that no gating sequence has passed.
    /// </summary>
    [HotPath]
    public bool IsPublished(long sequence) => Volatile.Read(ref *SequenceOf(sequence)) >= sequence;

    /// <summary>The last event up to <paramref name="limit"/> that is published, all before it being so too.</summary>
    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long LastPublished(long from, long limit)
    {
        if (Layout == SequenceLayout.Cursor)
        {
            return Math.Min(limit, Volatile.Read(ref *(long*)_sequences));
        }

        while (from < limit && IsPublished(from + 1))
        {
            from++;
        }

        return from;
    }

    /// <summary>
    /// A hint that the consumer will soon read the event with this sequence, published or not. Only for events of a
    /// line or two: the last one is fetched, so that it is under way while the sequence is looked at.
    /// </summary>
    [HotPath]
    internal void Prefetch(long sequence)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((byte*)PointerTo(sequence) + Unsafe.SizeOf<T>() - 1);
        }
    }

    /// <summary>Makes a claimed event visible.</summary>
    [HotPath]
    public void Publish(long sequence)
    {
        Volatile.Write(ref *SequenceOf(sequence), sequence);
        _signal?.Notify();
    }

    /// <summary>
    /// Makes a claimed run visible all at once: consumers go in order, so nothing is seen before the first slot, and
    /// that one is written last.
    /// </summary>
    [HotPath]
    public void Publish(long first, long last)
    {
        first = Layout == SequenceLayout.Cursor ? last : first;
        for (var sequence = last; sequence >= first; sequence--)
        {
            Volatile.Write(ref *SequenceOf(sequence), sequence);
        }

        _signal?.Notify();
    }

    /// <summary>Frees the memory. No thread may use the ring any more.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static int WholeLines(int bytes) => (bytes + Line - 1) & -Line;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long* SequenceOf(long sequence) => (long*)(_sequences + ((sequence & _mask) * _sequenceStride));

    private void Free()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_memory);
        }
    }
}
