using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Shm;

namespace LowLatencyQuoter.Server.SharedMemory;

/// <summary>
/// The file's directory of instruments: which place is whose, with its venues and scales as the latest quote has them.
/// Written under a version that is odd meanwhile. Threads: the writer's.
/// </summary>
internal sealed unsafe class SharedDirectory
{
    private readonly QuoteFile _file;
    private readonly InstrumentEntry* _entries;
    private readonly InstrumentDirectory _directory;
    private readonly InstrumentSeat?[] _seats;
    private readonly ushort[] _venueOf;
    private IReadOnlyList<InstrumentSeat>? _seen;

    /// <summary>
    /// Knows the venue of every book that may ever be; the instruments are taken with the first look.
    /// </summary>
    public SharedDirectory(QuoteFile file, BookTable table, InstrumentDirectory directory)
    {
        _file = file;
        _entries = file.Entries;
        _directory = directory;
        _seats = new InstrumentSeat?[file.Shape.Places];
        var venues = new List<string>(file.Shape.Venues);
        _venueOf = Array.ConvertAll(table.Definitions, book => (ushort)venues.IndexOf(book.Venue));
    }

    /// <summary>True when instruments came, went or were ordered anew since <see cref="Follow"/>.</summary>
    [HotPath]
    public bool HasChanged => !ReferenceEquals(_directory.Seats, _seen);

    /// <summary>True when the place has an instrument.</summary>
    [HotPath]
    public bool IsQuoted(int place) => _seats[place] is not null;

    /// <summary>Which one of the instruments that had the place has it now.</summary>
    [HotPath]
    public uint GenerationOf(int place) => _entries[place].Generation;

    /// <summary>Number of a book's venue.</summary>
    [HotPath]
    public ushort VenueOf(int book) => _venueOf[book];

    /// <summary>Brings the entry to the venues and scales of a quote, when they are others.</summary>
    [HotPath]
    public void Note(int place, QuoteRecord* quote)
    {
        var entry = _entries + place;
        var same = entry->VenueCount == quote->MemberCount && entry->PriceScale == quote->PriceScale
            && entry->QuantityScale == quote->QuantityScale;
        for (var member = 0; same && member < quote->MemberCount; member++)
        {
            same = entry->Venues[member] == quote->Members[member].Venue;
        }

        if (same)
        {
            return;
        }

        Begin();
        entry->VenueCount = quote->MemberCount;
        entry->PriceScale = quote->PriceScale;
        entry->QuantityScale = quote->QuantityScale;
        for (var member = 0; member < quote->MemberCount; member++)
        {
            entry->Venues[member] = (byte)quote->Members[member].Venue;
        }

        End();
    }

    /// <summary>
    /// Takes over what has changed. Returns the places that changed hands, with the number of the first quote that is
    /// the new instrument's.
    /// </summary>
    public IReadOnlyList<(int Place, long First)> Follow()
    {
        var changed = new List<(int, long)>();
        var seats = _directory.Seats;
        var now = new InstrumentSeat?[_seats.Length];
        foreach (var seat in seats)
        {
            now[seat.Place] = seat;
        }

        Begin();
        for (var place = 0; place < now.Length; place++)
        {
            if (now[place] != _seats[place])
            {
                changed.Add((place, now[place]?.QuotesBefore ?? 0));
                Seat(place, now[place]);
            }
        }

        for (var position = 0; position < seats.Count; position++)
        {
            _entries[seats[position].Place].Position = position;
        }

        End();
        _seen = seats;
        return changed;
    }

    private void Seat(int place, InstrumentSeat? seat)
    {
        _seats[place] = seat;
        var entry = _entries + place;
        entry->Generation++;
        entry->State = seat is null ? InstrumentEntry.Free : InstrumentEntry.Quoted;
        entry->PriceScale = InstrumentEntry.UnknownScale;
        entry->QuantityScale = InstrumentEntry.UnknownScale;
        entry->VenueCount = 0;
        Span<byte> text = entry->Name;
        text.Clear();
        var name = seat?.Name ?? "";
        entry->NameLength = (byte)Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, text.Length)), text);
    }

    private void Begin()
    {
        Volatile.Write(ref _file.Header->DirectoryVersion, _file.Header->DirectoryVersion + 1);
        Volatile.WriteBarrier();   // ARM64: the odd version is seen before any byte of the change
    }

    private void End() =>
        Volatile.Write(ref _file.Header->DirectoryVersion, _file.Header->DirectoryVersion + 1);   // release
}
