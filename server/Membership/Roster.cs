using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>
/// Who takes part: instruments, venues, and the book of each venue that lists an instrument. Changes them while the
/// others are quoted: a place in the engine's table is given away, and the reader of the venue is asked to serve it;
/// what is announced to the engine stays the reader's business. This file finds and waits,
/// <c>Roster.Instruments.cs</c> and <c>Roster.Venues.cs</c> change. Threads: any; changes wait for each other.
/// </summary>
internal sealed partial class Roster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);
    private readonly RosterParts _parts;
    private readonly BookTable _table;
    private readonly SemaphoreSlim _changing = new(1);
    private VenueSeat[] _venues;

    /// <summary>Begins with the venues of the start.</summary>
    public Roster(RosterParts parts, IReadOnlyList<VenueSeat> venues)
    {
        _parts = parts;
        _table = parts.Pipeline.Table;
        _venues = [.. venues];
    }

    /// <summary>Which instruments there are.</summary>
    public InstrumentDirectory Directory => _parts.Directory;

    /// <summary>The books.</summary>
    public BookTable Table => _table;

    /// <summary>The venues now, in the order of their columns.</summary>
    public IReadOnlyList<VenueSeat> Venues => Volatile.Read(ref _venues);

    /// <summary>Their connections.</summary>
    public IReadOnlyList<IVenueConnection> Connections => [.. Venues.Select(static venue => venue.Connection)];

    /// <summary>The threads that read them.</summary>
    public IReadOnlyList<FeedReader> Readers => [.. Venues.Select(static venue => venue.Reader).Distinct()];

    /// <summary>Count of a venue's books.</summary>
    public int BooksOf(VenueSeat venue) => Directory.Seats.Count(seat => _table.IsListed(BookAt(seat.Place, venue)));

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();

    private int BookAt(int instrument, VenueSeat venue) => (instrument * _parts.Columns.Count) + venue.Column;

    /// <summary>Waits for the turn to change something.</summary>
    /// <exception cref="RosterException">Nothing can be changed in this process.</exception>
    private async Task<IDisposable> BeginAsync(CancellationToken cancellation)
    {
        if (_parts.Options.Journal is not null)
        {
            throw new RosterException(
                StatusCode.FailedPrecondition,
                "a journal is written, and names its books at its start: restart with the other configuration");
        }

        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        return new Turn(_changing);
    }

    private Task<VenueListing[]> FetchListsAsync(IEnumerable<VenueSeat> venues, CancellationToken cancellation) =>
        Task.WhenAll(venues.Select(venue => _parts.FetchList(venue.Options, venue.Address, cancellation)));

    /// <summary>Gives a free place to a book and has it served.</summary>
    private void Take(Pair pair, InstrumentSeat seat, VenueSeat venue, VenueListing listing)
    {
        var book = BookAt(seat.Place, venue);
        listing.TryFind(pair, out var precision);
        _table.List(
            book,
            BookPlan.Define(
                _parts.Options, venue.Options, venue.Known, precision.Symbol, seat.Place, venue.Column));
        venue.Connection.Add(precision, book);
    }

    /// <summary>
    /// Has books given up and waits until the engine has none of them, for a while: a reader whose connection is being
    /// made does it afterwards.
    /// </summary>
    private async Task GiveUpAsync(IEnumerable<(int Book, VenueSeat Venue)> books)
    {
        var leaving = new List<int>();
        foreach (var (book, venue) in books)
        {
            if (_table.IsListed(book))
            {
                _table.Unlist(book);
                venue.Connection.Remove(book);
                leaving.Add(book);
            }
        }

        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (leaving.Exists(book => _table.Statuses[book].IsAttached) && Environment.TickCount64 < until)
        {
            await Task.Delay(Period).ConfigureAwait(false);
        }
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
