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
    private const int SlotsMax = 256;
    private readonly byte[] _bytes;
    private readonly FrameSlot[] _slots;
    private readonly int _slotBytes;

    /// <summary>Takes the memory at once: 256 frames, or as many as fit 256 KiB.</summary>
    /// <param name="frameBytesMax">Bytes of the largest frame.</param>
    /// <param name="slotsMin">Least count of frames, whatever they take.</param>
    public FrameWindow(int frameBytesMax, int slotsMin = 2)
    {
        _slotBytes = frameBytesMax;
        Capacity = Math.Clamp(BytesWanted / frameBytesMax, slotsMin, SlotsMax);
        _slots = new FrameSlot[Capacity];
        _bytes = GC.AllocateUninitializedArray<byte>(Capacity * frameBytesMax, pinned: true);
    }

    /// <summary>Count of frames it holds.</summary>
    public int Capacity { get; }

    /// <summary>Bytes it takes.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>Frames added so far: the number of the next one.</summary>
    public long Head { get; private set; }

    /// <summary>Room for the next frame; what was there is the oldest one.</summary>
    public Span<byte> NextSlot => _bytes.AsSpan(Slot(Head) * _slotBytes, _slotBytes);

    /// <summary>Adds the frame written to <see cref="NextSlot"/>.</summary>
    public void Add(in FrameSlot slot)
    {
        _slots[Slot(Head)] = slot;
        Head++;
    }

    /// <summary>True when frame <paramref name="number"/> is not overwritten yet.</summary>
    public bool Holds(long number) => Head - number <= Capacity;

    /// <summary>What is known of frame <paramref name="number"/>, which must be held.</summary>
    public ref readonly FrameSlot About(long number) => ref _slots[Slot(number)];

    /// <summary>Frame <paramref name="number"/>, which must be held.</summary>
    public ReadOnlySpan<byte> this[long number] =>
        _bytes.AsSpan(Slot(number) * _slotBytes, _slots[Slot(number)].Frame.Length);

    private int Slot(long number) => (int)(number % Capacity);
}
