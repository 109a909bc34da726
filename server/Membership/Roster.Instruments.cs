using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Membership;

/// <content>Instruments that come and go.</content>
internal sealed partial class Roster
{
    /// <summary>Quotes one more instrument on each venue that lists it.</summary>
    /// <exception cref="RosterException">It cannot be; the reason is named.</exception>
    public async Task<RosterChange> AddInstrumentAsync(Pair pair, CancellationToken cancellation)
    {
        using var turn = await BeginAsync(cancellation).ConfigureAwait(false);
        if (Directory.Find(pair.ToString()) is not null)
        {
            throw new RosterException(StatusCode.AlreadyExists, $"{pair} is quoted already");
        }

        var place = FindFreePlace();
        var venues = Venues;
        var listings = await FetchListsAsync(venues, cancellation).ConfigureAwait(false);
        var leftOut = listings.Where(listing => !listing.TryFind(pair, out _))
            .Select(listing => listing.LeaveOut(pair))
            .ToArray();
        if (leftOut.Length == venues.Count)
        {
            throw new RosterException(
                StatusCode.NotFound,
                $"no venue lists {pair}: {string.Join("; ", leftOut.Select(static left => left.Reason))}");
        }

        var seat = new InstrumentSeat(pair.ToString(), place, _parts.Pipeline.Quotes[place].Cursor + 1);
        var added = new List<string>();
        _table.Name(place, seat.Name);
        for (var index = 0; index < venues.Count; index++)
        {
            if (listings[index].TryFind(pair, out _))
            {
                Take(pair, seat, venues[index], listings[index]);
                added.Add(venues[index].Name);
            }
        }

        Directory.Add(seat);
        Log.InstrumentAdded(_parts.Log, seat.Name, string.Join(", ", added));
        foreach (var left in leftOut)
        {
            Log.LeftOut(_parts.Log, left.Reason);
        }

        return new RosterChange(added, leftOut);
    }

    /// <summary>Quotes an instrument no more.</summary>
    /// <exception cref="RosterException">It cannot be; the reason is named.</exception>
    public async Task RemoveInstrumentAsync(string name, CancellationToken cancellation)
    {
        using var turn = await BeginAsync(cancellation).ConfigureAwait(false);
        var seat = Directory.Find(name) ?? throw new RosterException(
            StatusCode.NotFound, $"no instrument '{name}' is quoted; there are {Directory.Names}");
        if (Directory.Seats.Count == 1)
        {
            throw new RosterException(
                StatusCode.FailedPrecondition,
                $"{seat.Name} is the only instrument: add another one first, or end the process");
        }

        Directory.Remove(seat);
        await GiveUpAsync(Venues.Select(venue => (BookAt(seat.Place, venue), venue))).ConfigureAwait(false);
        _table.Name(seat.Place, "");
        Log.InstrumentRemoved(_parts.Log, seat.Name);
    }

    /// <summary>Brings the instruments into this order; the first one is the default from now on.</summary>
    public async Task OrderInstrumentsAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using var turn = await BeginAsync(cancellation).ConfigureAwait(false);
        Directory.Order(names);
    }

    /// <summary>A place without an instrument, of which the engine has no book any more.</summary>
    private int FindFreePlace()
    {
        var columns = _parts.Columns.Count;
        for (var place = 0; place < _table.Instruments.Count; place++)
        {
            var books = _table.Statuses.AsSpan(place * columns, columns);
            if (_table.Instruments[place].Length == 0 && !IsAnyAttached(books))
            {
                return place;
            }
        }

        throw new RosterException(
            StatusCode.ResourceExhausted,
            $"there is room for {_table.Instruments.Count} instruments and no more: remove one, or restart with a "
            + "larger engine.spareInstruments");
    }

    private static bool IsAnyAttached(ReadOnlySpan<Engine.Book.BookStatus> books)
    {
        foreach (var status in books)
        {
            if (status.IsAttached)
            {
                return true;
            }
        }

        return false;
    }
}
