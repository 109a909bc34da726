using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// Quotes of a server on the same machine, read from the file that it writes with <c>--shm NAME</c>. Reading costs the
/// writer nothing and waits for nobody. Each reader has its own; <c>docs/shared-memory.md</c> describes the file.
/// Threads: one.
/// </summary>
public sealed unsafe class SharedQuotes : IDisposable
{
    private const int LooksMax = 10_000;
    private const int DirectoryLooksMax = 1_000_000;
    private readonly MappedQuotes _mapped;
    private readonly FileHeader* _header;
    private readonly byte* _slots;
    private readonly byte* _ring;
    private readonly int _slotBytes;
    private readonly long _mask;
    private long _next;

    private SharedQuotes(MappedQuotes mapped)
    {
        _mapped = mapped;
        _header = mapped.Header;
        _slots = mapped.Start + _header->SlotsOffset;
        _ring = mapped.Start + _header->RingOffset;
        _slotBytes = _header->SlotBytes;
        _mask = _header->RingSlots - 1;
        _next = Cursor + 1;
        var venues = new List<string>();
        for (var venue = 0; venue < _header->Venues; venue++)
        {
            var entry = mapped.Venue(venue);
            venues.Add(Encoding.ASCII.GetString(entry + 1, Math.Min((int)entry[0], QuoteFileShape.VenueBytes - 1)));
        }

        Venues = venues;
    }

    /// <summary>The writer's epoch: greater with each new writer.</summary>
    public long Epoch => _header->Epoch;

    /// <summary>The writer's process id.</summary>
    public int WriterPid => _header->WriterPid;

    /// <summary>Rows a side that a quote has at most.</summary>
    public int Levels => _header->Levels;

    /// <summary>Slots of the ring: how many changes a reader may be behind.</summary>
    public long RingSlots => _header->RingSlots;

    /// <summary>Names of the venues, by number.</summary>
    public IReadOnlyList<string> Venues { get; }

    /// <summary>Number of the latest change; -1 before the first.</summary>
    public long Cursor => Volatile.Read(ref _header->RingCursor);

    /// <summary>Quotes that the writer itself was too late for; as a rule 0.</summary>
    public long Lost => Volatile.Read(ref _header->Lost);

    /// <summary>What is added to a monotonic time for Unix time, as the writer saw it at its start.</summary>
    public long UnixOffsetNanos => _header->UnixOffsetNanos;

    /// <summary>When the writer last said that it lives, on the machine's monotonic clock.</summary>
    public long HeartbeatNanos => Volatile.Read(ref _header->HeartbeatNanos);

    /// <summary>Changes that this reader was too slow for, and never saw.</summary>
    public long Missed { get; private set; }

    /// <summary>Maps a file.</summary>
    /// <param name="name">The name that the server was given, or a path from the root.</param>
    /// <exception cref="SharedFileException">There is no such file, or it is of another kind.</exception>
    public static SharedQuotes Open(string name) =>
        new(MappedQuotes.Open(SharedPath.Of(name), FileAccess.Read));

    /// <summary>A copy for this file's quotes, to be filled by reading.</summary>
    public SharedQuote MakeQuote() => new(Levels, _slotBytes);

    /// <summary>Reads the latest quote of an instrument.</summary>
    /// <param name="place">The instrument's place.</param>
    /// <param name="quote">Receives it.</param>
    public SharedRead ReadLatest(int place, SharedQuote quote)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)place, (uint)_header->Places, nameof(place));
        var slot = _slots + ((long)place * _slotBytes);
        for (var look = 0; look < LooksMax; look++)
        {
            var version = Volatile.Read(ref *(long*)slot);   // acquire: nothing below is read before it
            if (version == 0)
            {
                return SharedRead.Nothing;
            }

            if ((version & 1) == 0 && quote.TryTake(slot, version))
            {
                return quote.IsPresent ? SharedRead.Quote : SharedRead.Nothing;
            }

            Thread.SpinWait(1);
        }

        return SharedRead.Torn;
    }

    /// <summary>
    /// Reads the next change of any instrument; the first one after opening, unless <see cref="StartAtOldest"/> was
    /// called. A reader that was overtaken goes on with the oldest that is safe to read, and <see cref="Missed"/> says
    /// how many it lost.
    /// </summary>
    public SharedRead ReadNext(SharedQuote quote)
    {
        for (var look = 0; look < LooksMax; look++)
        {
            var slot = _ring + ((_next & _mask) * _slotBytes);
            var complete = (2 * _next) + 2;
            var version = Volatile.Read(ref *(long*)slot);   // acquire: nothing below is read before it
            if (version < complete)
            {
                return SharedRead.Nothing;
            }

            if (version == complete && quote.TryTake(slot, version))
            {
                _next++;
                return SharedRead.Quote;
            }

            // Overtaken. An eighth of the ring stays ahead of the writer, or the same would happen again at once.
            var oldest = Math.Max(_next + 1, Cursor - _mask + ((_mask + 1) / 8));
            Missed += oldest - _next;
            _next = oldest;
        }

        return SharedRead.Torn;
    }

    /// <summary>
    /// Lets <see cref="ReadNext"/> begin with the oldest change of the ring that is not the next to be overwritten.
    /// </summary>
    public void StartAtOldest() => _next = Math.Max(0, Cursor - _mask + 1);

    /// <summary>
    /// The instruments that are quoted now, in order. Allocates: read it again when a generation is new.
    /// </summary>
    /// <exception cref="SharedFileException">The writer died while it changed the directory.</exception>
    public IReadOnlyList<SharedInstrument> ReadInstruments()
    {
        for (var look = 0; look < DirectoryLooksMax; look++)
        {
            var version = Volatile.Read(ref _header->DirectoryVersion);   // acquire: the entries are read behind it
            if ((version & 1) == 0)
            {
                var instruments = CopyInstruments();
                Volatile.ReadBarrier();   // ARM64: no entry may be read after the second look
                if (Volatile.Read(ref _header->DirectoryVersion) == version)
                {
                    instruments.Sort(static (one, other) => one.Position.CompareTo(other.Position));
                    return instruments;
                }
            }

            Thread.SpinWait(10);
        }

        throw new SharedFileException(
            $"{_mapped.Path}: the directory is being written all the time; process {WriterPid} may have died in it");
    }

    /// <summary>The directory's version; another one says that <see cref="ReadInstruments"/> has news.</summary>
    public long DirectoryVersion => Volatile.Read(ref _header->DirectoryVersion);

    /// <summary>Whether the writer lives. Cheap while it does; a system call when its heartbeat is old.</summary>
    /// <param name="silence">Age of the heartbeat that is suspicious; the writer beats at least each 100 ms.</param>
    public WriterState CheckWriter(TimeSpan silence)
    {
        var state = (WriterState)Volatile.Read(ref _header->State);
        if (state is WriterState.Closed or WriterState.Superseded)
        {
            return state;
        }

        var now = (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
        return now - HeartbeatNanos <= silence.TotalNanoseconds ? WriterState.Alive
            : ProcessStart.Of(_header->WriterPid) == _header->WriterStart ? WriterState.Silent
            : WriterState.Dead;
    }

    /// <summary>Gives the memory back. Quotes that were copied stay valid.</summary>
    public void Dispose() => _mapped.Dispose();

    private List<SharedInstrument> CopyInstruments()
    {
        var instruments = new List<SharedInstrument>();
        for (var place = 0; place < _header->Places; place++)
        {
            var entry = _mapped.Entry(place);
            if (entry->State == InstrumentEntry.Quoted)
            {
                var venues = new int[Math.Min((int)entry->VenueCount, QuoteRecord.MembersMax)];
                for (var member = 0; member < venues.Length; member++)
                {
                    venues[member] = entry->Venues[member];
                }

                ReadOnlySpan<byte> name = entry->Name;
                instruments.Add(new SharedInstrument(
                    place,
                    entry->Generation,
                    entry->Position,
                    Encoding.ASCII.GetString(name[..Math.Min((int)entry->NameLength, InstrumentEntry.NameMax)]),
                    venues,
                    entry->PriceScale,
                    entry->QuantityScale));
            }
        }

        return instruments;
    }
}
