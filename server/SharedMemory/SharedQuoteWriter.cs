using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Shm;

namespace LowLatencyQuoter.Server.SharedMemory;

/// <summary>
/// Copies each new quote into the ring of the file and into the slot of its instrument, in the order in which it finds
/// them, and says now and then that it lives. It waits for nobody and knows no reader. The methods are compiled in full
/// with their first call: there is no made-up file to warm them up with.
/// Threads: one drives <see cref="DoWork"/>, behind the pipeline.
/// </summary>
/// <typeparam name="TClock">The engine's time.</typeparam>
internal sealed unsafe class SharedQuoteWriter<TClock> : IAgent
    where TClock : IClock
{
    /// <summary>Quotes of one instrument in a turn.</summary>
    private const int Batch = 256;
    private const long BeatNanos = 20_000_000;
    private readonly QuoteFile _file;
    private readonly QuoteRing[] _quotes;
    private readonly QuoteReader[] _readers;
    private readonly long[] _next;
    private readonly SharedDirectory _directory;
    private readonly TClock _clock;
    private readonly QuoteRecord[] _stage = GC.AllocateArray<QuoteRecord>(1, pinned: true);
    private readonly QuoteRecord* _staged;
    private readonly byte* _slots;
    private readonly byte* _ring;
    private readonly int _slotBytes;
    private readonly int _levels;
    private readonly long _mask;
    private long _change;
    private long _lastBeat = long.MinValue / 2;

    /// <summary>Begins with the first quote of every instrument.</summary>
    public SharedQuoteWriter(
        QuoteFile file,
        IReadOnlyList<QuoteRing> quotes,
        BookTable table,
        InstrumentDirectory directory,
        TClock clock)
    {
        _file = file;
        _clock = clock;
        _quotes = [.. quotes];
        _readers = Array.ConvertAll(_quotes, static ring => new QuoteReader(ring));
        _next = new long[_quotes.Length];
        _directory = new SharedDirectory(file, table, directory);
        _staged = (QuoteRecord*)Unsafe.AsPointer(ref _stage[0]);
        _slots = file.Slots;
        _ring = file.Ring;
        _slotBytes = file.Shape.SlotBytes;
        _levels = file.Shape.Levels;
        _mask = file.Shape.RingSlots - 1;
    }

    /// <inheritdoc/>
    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int DoWork()
    {
        if (_directory.HasChanged)
        {
            FollowDirectory();
        }

        var work = 0;
        for (var place = 0; place < _quotes.Length; place++)
        {
            work += Take(place);
        }

        var now = _clock.NowNanos();
        if (now - _lastBeat >= BeatNanos)
        {
            _lastBeat = now;
            Volatile.Write(ref _file.Header->HeartbeatNanos, now);
        }

        return work;
    }

    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Take(int place)
    {
        var cursor = _quotes[place].Cursor;
        if (_next[place] > cursor)
        {
            return 0;
        }

        if (!_directory.IsQuoted(place))
        {
            return 0;   // nobody's quotes yet; when the instrument is named they are found where it began
        }

        var taken = 0;
        for (; taken < Batch && _next[place] <= cursor; taken++)
        {
            var reader = _readers[place];
            if (!reader.TryRead(_next[place]))
            {
                reader.TryReadLatest();   // a stage that came too late for its own engine's ring
                var lost = reader.Header.Sequence - _next[place];
                Volatile.Write(ref _file.Header->Lost, _file.Header->Lost + lost);
            }

            _next[place] = reader.Header.Sequence + 1;
            Publish(place, reader);
        }

        return taken;
    }

    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Publish(int place, QuoteReader reader)
    {
        Stage(place, reader);
        Write(_ring + ((_change & _mask) * _slotBytes), (2 * _change) + 1, (2 * _change) + 2, reader);
        Volatile.Write(ref _file.Header->RingCursor, _change);   // release: the slot is complete before
        _change++;
        var slot = _slots + ((long)place * _slotBytes);
        var version = *(long*)slot;
        Write(slot, version + 1, version + 2, reader);
    }

    /// <summary>Fills what stands before the rows.</summary>
    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Stage(int place, QuoteReader reader)
    {
        ref var header = ref reader.Header;
        var record = _staged;
        record->Sequence = header.Sequence;
        record->Change = _change;
        record->Epoch = _file.Header->Epoch;
        record->VenueUnixNanos = header.VenueUnixNanos;
        record->ReceivedNanos = header.ReceivedNanos;
        record->PublishedNanos = header.PublishedNanos;
        record->Place = place;
        record->Generation = _directory.GenerationOf(place);
        record->Flags = QuoteRecord.Present | (reader is { HasSpread: true, Spread: <= 0 } ? QuoteRecord.Crossed : 0);
        record->BidCount = header.BidCount;
        record->AskCount = header.AskCount;
        record->PriceScale = header.PriceScale;
        record->QuantityScale = header.QuantityScale;
        record->MemberCount = (byte)header.MemberCount;
        record->CauseMember = byte.MaxValue;
        for (var index = 0; index < header.MemberCount; index++)
        {
            ref var member = ref header.Member(index);
            ref var venue = ref record->Members[index];
            venue.ReceivedNanos = member.ReceivedNanos;
            venue.Venue = _directory.VenueOf(member.Book);
            venue.State = (byte)member.State;
            if (member.Book == header.CauseBook)
            {
                record->CauseMember = (byte)index;
            }
        }

        _directory.Note(place, record);
    }

    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(byte* slot, long writing, long complete, QuoteReader reader)
    {
        Volatile.Write(ref *(long*)slot, writing);
        Volatile.WriteBarrier();   // ARM64: the odd version is seen before any byte of the new quote
        var members = _staged->MemberCount * sizeof(SharedVenue);
        var head = QuoteRecord.Bytes - (QuoteRecord.MembersMax * sizeof(SharedVenue)) + members;
        Unsafe.CopyBlock(slot + sizeof(long), (byte*)_staged + sizeof(long), (uint)(head - sizeof(long)));
        CopyRows(reader.Bids, slot + QuoteRecord.Bytes);
        CopyRows(reader.Asks, slot + QuoteRecord.Bytes + (_levels * QuoteFileShape.RowBytes));
        Volatile.Write(ref *(long*)slot, complete);   // release: all of the quote is seen before
    }

    /// <summary>A row of the engine lies as one of the file does.</summary>
    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRows(ReadOnlySpan<QuoteRow> rows, byte* to) =>
        MemoryMarshal.AsBytes(rows).CopyTo(new Span<byte>(to, rows.Length * QuoteFileShape.RowBytes));

    /// <summary>Empties the slots of places that changed hands, and goes on where their instruments begin.</summary>
    private void FollowDirectory()
    {
        foreach (var (place, first) in _directory.Follow())
        {
            Empty(place);
            _next[place] = first;
        }
    }

    private void Empty(int place)
    {
        var slot = _slots + ((long)place * _slotBytes);
        var record = (QuoteRecord*)slot;
        var version = record->Version;
        if (version == 0)
        {
            return;   // nothing was ever there
        }

        Volatile.Write(ref record->Version, version + 1);
        Volatile.WriteBarrier();   // ARM64: as for a quote
        record->Flags = 0;
        record->Generation = _directory.GenerationOf(place);
        record->BidCount = 0;
        record->AskCount = 0;
        record->MemberCount = 0;
        Volatile.Write(ref record->Version, version + 2);
    }
}
