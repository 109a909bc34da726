using System;
using System.Threading;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <content>
/// What is done when the lane is full: a message waits or is dropped, as the policy says; room for announcements is
/// kept.
/// </content>
public sealed partial class DepthDecoder
{
    /// <summary>Times that a message had to wait for room.</summary>
    public long RingFullWaits { get; private set; }

    /// <summary>What the policy for a full lane is.</summary>
    public FullLanePolicy FullLane => _fullLane;

    /// <summary>
    /// True when a frame, or a body, of this length surely finds room, with what may have to be announced because of
    /// it; a reader that waits for this never waits within the frame. An empty lane has room for whatever it can hold.
    /// </summary>
    public bool HasRoomFor(int frameBytes)
    {
        // No message is shorter than 32 bytes, and a slot holds more levels than could stand in those.
        var slots = 1 + _symbols.Count + (frameBytes / 32);
        return _owedCount == 0 && _lane.HasRoom(Math.Min(slots, _lane.Ring.Capacity));
    }

    /// <summary>Counts a message that waits outside of the decoder.</summary>
    public void NoteWait() => RingFullWaits++;

    /// <summary>Any thread: no further waiting for room; the reader is about to end.</summary>
    public void Stop() => _stopping = true;

    /// <summary>
    /// Goes on in a further slot; false when the message is larger than the lane, or the lane stays full.
    /// </summary>
    internal bool TryContinue()
    {
        var waited = false;
        while (!HasReserve(_lane.OpenSlots) || !_lane.TryContinue())
        {
            if (_lane.OpenSlots + _reserve == _lane.Ring.Capacity)
            {
                return Fail(FaultCode.MessageTooLarge);
            }

            if (!WaitForRoom(ref waited))
            {
                return Fail(FaultCode.RingFull);
            }
        }

        return true;
    }

    /// <summary>
    /// True while one more slot leaves room to announce what becomes of the frame: a reader that drives the engine
    /// itself cannot wait for room within a frame.
    /// </summary>
    private bool HasReserve(int open) => _reserve == 0 || _lane.HasRoom(open + 1 + _reserve);

    private bool WaitForRoom(ref bool waited)
    {
        if (_fullLane == FullLanePolicy.DropAndFault || _stopping)
        {
            return false;
        }

        RingFullWaits += waited ? 0 : 1;
        waited = true;
        Thread.Yield();
        return true;
    }
}
