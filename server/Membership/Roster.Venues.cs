using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Membership;

/// <content>Venues that come and go. A lane that a venue leaves is kept for the next one.</content>
internal sealed partial class Roster
{
    private readonly Stack<DepthLane> _freeLanes = [];

    /// <summary>Connects one more venue, for each instrument that it lists.</summary>
    /// <exception cref="RosterException">It cannot be; the reason is named.</exception>
    public async Task<RosterChange> AddVenueAsync(VenueOptions venue, CancellationToken cancellation)
    {
        using var turn = await BeginAsync(cancellation).ConfigureAwait(false);
        var (known, address) = Check(venue);
        var column = ((List<string>)[.. _parts.Columns]).IndexOf(venue.Name);
        var listing = await _parts.FetchList(venue, address, cancellation).ConfigureAwait(false);
        var seats = Directory.Seats;
        var leftOut = seats.Select(static seat => Pair.Parse(seat.Name))
            .Where(pair => !listing.TryFind(pair, out _))
            .Select(listing.LeaveOut)
            .ToArray();
        if (leftOut.Length == seats.Count)
        {
            throw new RosterException(
                StatusCode.NotFound, string.Join("; ", leftOut.Select(static left => left.Reason)));
        }

        var lane = _freeLanes.TryPop(out var free) ? free : _parts.Pipeline.AddLane();
        var connection = _parts.MakeConnection(venue, address, column, lane, listing);
        var added = new VenueSeat(venue, known, address, column, lane, connection, _parts.MakeReader(connection));
        Volatile.Write(
            ref _venues, [.. _venues.Append(added).OrderBy(static seat => seat.Column)]);
        var instruments = new List<string>();
        foreach (var seat in seats)
        {
            var pair = Pair.Parse(seat.Name);
            if (listing.TryFind(pair, out _))
            {
                Take(pair, seat, added, listing);
                instruments.Add(seat.Name);
            }
        }

        added.Reader.Start();
        Log.VenueAdded(_parts.Log, venue.Name, string.Join(", ", instruments));
        foreach (var left in leftOut)
        {
            Log.LeftOut(_parts.Log, left.Reason);
        }

        return new RosterChange(instruments, leftOut);
    }

    /// <summary>Disconnects a venue.</summary>
    /// <exception cref="RosterException">It cannot be; the reason is named.</exception>
    public async Task RemoveVenueAsync(string name, CancellationToken cancellation)
    {
        using var turn = await BeginAsync(cancellation).ConfigureAwait(false);
        RefuseWhileRecording();
        var wanted = VenueRegistry.TryFind(name, out var known) ? known.Profile.Name : name;
        var seat = Array.Find(_venues, venue => venue.Name == wanted) ?? throw new RosterException(
            StatusCode.NotFound,
            $"no venue '{name}' is connected; there are {string.Join(", ", Venues.Select(static v => v.Name))}");
        if (_venues.Length == 1)
        {
            throw new RosterException(
                StatusCode.FailedPrecondition,
                $"{wanted} is the only venue: add another one first, or end the process");
        }

        await GiveUpAsync(Directory.Seats.Select(instrument => (BookAt(instrument.Place, seat), seat)))
            .ConfigureAwait(false);
        Volatile.Write(ref _venues, Array.FindAll(_venues, venue => venue != seat));
        if (await TryEndAsync(seat).ConfigureAwait(false))
        {
            _freeLanes.Push(seat.Lane);
        }

        Log.VenueRemoved(_parts.Log, wanted);
    }

    /// <summary>
    /// Ends the connection, with its reader when nobody else is read by it. False when the reader did not let go of it
    /// in time; its lane is not used again then.
    /// </summary>
    private async Task<bool> TryEndAsync(VenueSeat seat)
    {
        seat.Connection.Stop();
        if (!Array.Exists(_venues, venue => venue.Reader == seat.Reader))
        {
            await Task.Run(seat.Reader.Dispose).ConfigureAwait(false);
            return seat.Reader.HasEnded;
        }

        try
        {
            await seat.Reader.ReleaseAsync(seat.Connection).WaitAsync(Patience).ConfigureAwait(false);
            await Task.Run(seat.Connection.Dispose).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private (IVenue Known, VenueAddresses Address) Check(VenueOptions venue)
    {
        RefuseWhileRecording();
        var known = venue.Feed;
        if (Array.Exists(_venues, seat => seat.Name == venue.Name))
        {
            throw new RosterException(StatusCode.AlreadyExists, $"{venue.Name} is connected already");
        }

        var column = ((List<string>)[.. _parts.Columns]).IndexOf(venue.Name);
        for (var place = 0; place < _table.Instruments.Count; place++)
        {
            if (_table.Statuses[(place * _parts.Columns.Count) + column].IsAttached)
            {
                throw new RosterException(
                    StatusCode.Unavailable, $"{venue.Name} is still being disconnected: try again in some seconds");
            }
        }

        try
        {
            VenueChecks.Check(venue, known.Profile);
            if (_parts.Options.Live)
            {
                VenueChecks.CheckLive([.. _venues.Select(static seat => seat.Options), venue]);
            }

            return (known, _parts.AddressOf(venue));
        }
        catch (OptionsException e)
        {
            throw new RosterException(StatusCode.FailedPrecondition, e.Message);
        }
    }

    private void RefuseWhileRecording()
    {
        if (_parts.Options.Record is not null)
        {
            throw new RosterException(
                StatusCode.FailedPrecondition,
                "venues are recorded, each in a file of its own from the start: restart with the other venues");
        }
    }
}
