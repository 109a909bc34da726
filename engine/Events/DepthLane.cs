using System;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Engine.Events;

/// <summary>
/// The lane of one venue connection into the engine: a ring with a single producer, which decodes straight into the
/// slots, the book handler as its consumer, and as many further consumers as were named when it was made. A message
/// becomes visible as a whole with <see cref="Commit"/>, or never.
/// Invariant: between <see cref="TryBegin"/> and <see cref="Commit"/> or <see cref="Abandon"/> nothing that was written
/// is visible; no slot is written again before every consumer is done with it. Threads: the members under "producer" by
/// the reader, <see cref="Ring"/> and <see cref="Consumed"/> by the consumer.
/// </summary>
[HotPath]
public sealed unsafe class DepthLane : IDisposable
{
    private readonly SingleProducerSequencer<DepthEvent> _sequencer;
    private OpenMessage _open;

    /// <summary>Makes a lane.</summary>
    /// <param name="capacity">Count of slots, a power of two; also the bound of one message, in slots.</param>
    /// <param name="signal">What wakes the consumer; null when it never sleeps.</param>
    /// <param name="followers">How far consumers beside the book handler have come.</param>
    public DepthLane(int capacity, WaitSignal? signal = null, params ReadOnlySpan<Sequence> followers)
    {
        Ring = new RingBuffer<DepthEvent>(capacity, signal);
        _sequencer = new SingleProducerSequencer<DepthEvent>(Ring, [Consumed, .. followers]);
    }

    /// <summary>The slots.</summary>
    public RingBuffer<DepthEvent> Ring { get; }

    /// <summary>How far the consumer has come.</summary>
    public Sequence Consumed { get; } = new();

    /// <summary>Producer: events published so far.</summary>
    /// <remarks>Compiled in full at once: who scrapes metrics asks seldom, and late.</remarks>
    public long PublishedCount
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get => _sequencer.Published + 1;
    }

    /// <summary>Producer: the event being filled.</summary>
    public ref DepthEvent Current => ref *_open.Slot;

    /// <summary>Producer: slots that the open message takes so far.</summary>
    public int OpenSlots => (int)(_open.Last - _open.First + 1);

    /// <summary>Producer: true between begin and commit.</summary>
    public bool IsOpen => _open.IsOpen;

    /// <summary>
    /// Producer: true when so many slots are free, those of the open message included; no more than the capacity.
    /// </summary>
    public bool HasRoom(int slots) => _sequencer.TryNext(slots, out _);

    /// <summary>Producer: starts a message; false when the ring is full.</summary>
    public bool TryBegin(int book, EventKind kind)
    {
        if (!_sequencer.TryNext(1, out _open.Last))
        {
            return false;
        }

        _open.First = _open.Last;
        _open.IsOpen = true;
        _open.Slot = Ring.PointerTo(_open.Last);
        ref var slot = ref *_open.Slot;
        slot.ClearHeader();
        slot.Book = book;
        slot.Kind = kind;
        slot.Flags = EventFlags.First;
        return true;
    }

    /// <summary>
    /// Producer: adds a level to the message, in a further slot when this one is full; false when the ring is.
    /// </summary>
    public bool TryAdd(Side side, long price, long quantity)
    {
        if (_open.Slot->IsFull && !TryContinue())
        {
            return false;
        }

        Add(side, price, quantity);
        return true;
    }

    /// <summary>Producer: adds a level to the current slot, which must not be full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Side side, long price, long quantity)
    {
        var slot = _open.Slot;
        ref var level = ref side == Side.Bid ? ref slot->Bid(slot->BidCount++) : ref slot->Ask(slot->AskCount++);
        level.Price = price;
        level.Quantity = quantity;
    }

    /// <summary>Producer: goes on in a further slot; false when the ring has none.</summary>
    public bool TryContinue()
    {
        if (!_sequencer.TryNext((int)(_open.Last + 1 - _sequencer.Published), out var next))
        {
            return false;
        }

        ref var previous = ref Ring[_open.Last];
        ref var slot = ref Ring[next];
        slot.ClearHeader();
        slot.Book = previous.Book;
        slot.Kind = previous.Kind;
        slot.PriceScale = previous.PriceScale;
        slot.QuantityScale = previous.QuantityScale;
        CopyMessageFields(ref previous, ref slot);
        _open.Last = next;
        _open.Slot = Ring.PointerTo(next);
        return true;
    }

    /// <summary>
    /// Producer: moves every level of the open message to finer scales; false when a value does not fit, and the
    /// message must be abandoned.
    /// </summary>
    public bool TryWiden(int priceScale, int quantityScale)
    {
        for (var sequence = _open.First; sequence <= _open.Last; sequence++)
        {
            ref var slot = ref Ring[sequence];
            var pricePower = Scale.Power(priceScale - slot.PriceScale);
            var quantityPower = Scale.Power(quantityScale - slot.QuantityScale);
            for (var index = 0; index < slot.BidCount; index++)
            {
                if (!TryWidenLevel(ref slot.Bid(index), pricePower, quantityPower))
                {
                    return false;
                }
            }

            for (var index = 0; index < slot.AskCount; index++)
            {
                if (!TryWidenLevel(ref slot.Ask(index), pricePower, quantityPower))
                {
                    return false;
                }
            }

            slot.PriceScale = (byte)priceScale;
            slot.QuantityScale = (byte)quantityScale;
        }

        return true;
    }

    /// <summary>
    /// Producer: ends the message and makes it visible as a whole. The chain fields, times and checksum of the last
    /// part are those of the message, and stand in each part.
    /// </summary>
    public void Commit(long decodedNanos)
    {
        ref var last = ref Ring[_open.Last];
        last.Flags |= EventFlags.Last;
        last.DecodedNanos = decodedNanos;
        for (var sequence = _open.First; sequence < _open.Last; sequence++)
        {
            CopyMessageFields(ref last, ref Ring[sequence]);
        }

        _open.IsOpen = false;
        _sequencer.Publish(_open.Last);
    }

    /// <summary>
    /// Producer: makes one event visible as it is, a whole message or a part of one, as a journal holds it; false when
    /// the ring is full.
    /// </summary>
    public bool TryAppend(in DepthEvent item)
    {
        if (!_sequencer.TryNext(1, out var sequence))
        {
            return false;
        }

        Ring[sequence] = item;
        _sequencer.Publish(sequence);
        return true;
    }

    /// <summary>Producer: forgets the message; nothing of it was visible.</summary>
    public void Abandon() => _open.IsOpen = false;

    /// <summary>Frees the ring. No thread may use the lane any more.</summary>
    public void Dispose() => Ring.Dispose();

    private static bool TryWidenLevel(ref Level level, long pricePower, long quantityPower) =>
        Scale.TryMultiply(level.Price, pricePower, out level.Price)
        && Scale.TryMultiply(level.Quantity, quantityPower, out level.Quantity);

    private static void CopyMessageFields(ref DepthEvent from, ref DepthEvent to)
    {
        to.FirstUpdateId = from.FirstUpdateId;
        to.LastUpdateId = from.LastUpdateId;
        to.Checksum = from.Checksum;
        to.ChecksumAlgorithm = from.ChecksumAlgorithm;
        to.VenueUnixNanos = from.VenueUnixNanos;
        to.ReceivedNanos = from.ReceivedNanos;
        to.DecodedNanos = from.DecodedNanos;
        to.SnapshotWish = from.SnapshotWish;
    }
}
