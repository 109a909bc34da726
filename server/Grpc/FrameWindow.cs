using System;
using LowLatencyQuoter.Engine;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// The last frames of a feed, numbered 0, 1, 2, ... since its start. All subscribers share them, so that one whose last
/// flush is still under way finds what it missed, and nobody queues anything. Threads: the publisher.
/// </summary>
[HotPath]
internal sealed class FrameWindow
{
    private const int BytesWanted = 256 * 1024;
    private const int SlotsMin = 2;
    private const int SlotsMax = 256;
    private readonly byte[] _slots;
    private readonly int[] _lengths;
    private readonly int _slotBytes;

    /// <summary>Takes the memory at once: 256 frames, or as many as fit 256 KiB, but at least two.</summary>
    /// <param name="frameBytesMax">Bytes of the largest frame.</param>
    public FrameWindow(int frameBytesMax)
    {
        _slotBytes = frameBytesMax;
        Capacity = Math.Clamp(BytesWanted / frameBytesMax, SlotsMin, SlotsMax);
        _lengths = new int[Capacity];
        _slots = GC.AllocateUninitializedArray<byte>(Capacity * frameBytesMax, pinned: true);
    }

    /// <summary>Count of frames it holds.</summary>
    public int Capacity { get; }

    /// <summary>Frames added so far: the number of the next one.</summary>
    public long Head { get; private set; }

    /// <summary>Room for the next frame; what was there is the oldest one.</summary>
    public Span<byte> NextSlot => _slots.AsSpan(Slot(Head) * _slotBytes, _slotBytes);

    /// <summary>Adds the frame written to <see cref="NextSlot"/>.</summary>
    public void Add(int length)
    {
        _lengths[Slot(Head)] = length;
        Head++;
    }

    /// <summary>True when frame <paramref name="number"/> is not overwritten yet.</summary>
    public bool Holds(long number) => Head - number <= Capacity;

    /// <summary>Frame <paramref name="number"/>, which must be held.</summary>
    public ReadOnlySpan<byte> this[long number] => _slots.AsSpan(Slot(number) * _slotBytes, _lengths[Slot(number)]);

    private int Slot(long number) => (int)(number % Capacity);
}
