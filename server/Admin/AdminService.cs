using System;
using System.Linq;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Wire.Grpc;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Admin;

/// <summary>
/// <c>quoter.v1.AdminService</c>: what is quoted, and changes of it while the process runs. Every method asks for the
/// token first. Threads: any.
/// </summary>
internal sealed class AdminService
{
    /// <summary>Full name of the service.</summary>
    public const string Service = "quoter.v1.AdminService";

    private readonly Roster _roster;
    private readonly ConfigurationReload _reload;
    private readonly AdminGate _gate;

    /// <summary>Serves a roster behind a gate.</summary>
    public AdminService(Roster roster, ConfigurationReload reload, AdminGate gate)
    {
        _roster = roster;
        _reload = reload;
        _gate = gate;
    }

    /// <summary>Registers the methods.</summary>
    public void AddTo(GrpcServices services)
    {
        Add(services, "ListBooks", ListBooksRequest.Parser, (_, _) => Task.FromResult<IMessage>(Books()));
        Add(services, "ListVenues", ListVenuesRequest.Parser, (_, _) => Task.FromResult<IMessage>(Venues()));
        Add(services, "AddInstrument", AddInstrumentRequest.Parser, AddInstrumentAsync);
        Add(services, "RemoveInstrument", RemoveInstrumentRequest.Parser, RemoveInstrumentAsync);
        Add(services, "AddVenue", AddVenueRequest.Parser, AddVenueAsync);
        Add(services, "RemoveVenue", RemoveVenueRequest.Parser, RemoveVenueAsync);
        Add(services, "ReloadConfiguration", ReloadConfigurationRequest.Parser, ReloadAsync);
    }

    private void Add<TRequest>(
        GrpcServices services,
        string name,
        MessageParser<TRequest> parser,
        Func<TRequest, GrpcCall, Task<IMessage>> method)
        where TRequest : IMessage<TRequest> => services.Add(Service, name, async call =>
        {
            await _gate.EnterAsync(call).ConfigureAwait(false);
            var request = await call.ReadRequestAsync(parser).ConfigureAwait(false);
            try
            {
                await call.WriteAsync(await method(request, call).ConfigureAwait(false)).ConfigureAwait(false);
                return GrpcStatus.Ok;
            }
            catch (RosterException e)
            {
                return new GrpcStatus(e.Code, e.Message);
            }
        });

    private ListBooksResponse Books()
    {
        var response = new ListBooksResponse();
        var now = MonotonicClock.Nanos();
        foreach (var seat in _roster.Directory.Seats)
        {
            foreach (var (book, definition) in _roster.Table.BooksOf(seat.Place))
            {
                var status = _roster.Table.Statuses[book];
                response.Books.Add(new Book
                {
                    Instrument = seat.Name,
                    Venue = definition.Venue,
                    Symbol = definition.Symbol,
                    State = BookStateNames.Of(status.State),
                    Updates = status.Updates,
                    Resyncs = status.Resyncs,
                    AgeNanos = status.LastReceivedNanos == 0 ? -1 : Math.Max(0, now - status.LastReceivedNanos),
                });
            }
        }

        return response;
    }

    private ListVenuesResponse Venues()
    {
        var response = new ListVenuesResponse();
        response.Venues.AddRange(_roster.Venues.Select(seat => new Venue
        {
            Name = seat.Name,
            Socket = seat.Address.Socket.ToString(),
            Rest = seat.Address.Rest.ToString(),
            Connected = seat.Connection.IsConnected,
            Books = _roster.BooksOf(seat),
            Connects = seat.Connection.Counters.Connects,
        }));
        return response;
    }

    private async Task<IMessage> AddInstrumentAsync(AddInstrumentRequest request, GrpcCall call)
    {
        var change = await _roster.AddInstrumentAsync(PairOf(request.Instrument), call.Cancellation)
            .ConfigureAwait(false);
        var response = new AddInstrumentResponse();
        response.Venues.AddRange(change.Added);
        response.LeftOut.AddRange(change.LeftOut.Select(Told));
        return response;
    }

    private async Task<IMessage> RemoveInstrumentAsync(RemoveInstrumentRequest request, GrpcCall call)
    {
        var name = PairOf(request.Instrument).ToString();
        await _roster.RemoveInstrumentAsync(name, call.Cancellation).ConfigureAwait(false);
        return new RemoveInstrumentResponse();
    }

    private async Task<IMessage> AddVenueAsync(AddVenueRequest request, GrpcCall call)
    {
        var change = await _roster.AddVenueAsync(VenueOf(request), call.Cancellation).ConfigureAwait(false);
        var response = new AddVenueResponse();
        response.Instruments.AddRange(change.Added);
        response.LeftOut.AddRange(change.LeftOut.Select(Told));
        return response;
    }

    private async Task<IMessage> RemoveVenueAsync(RemoveVenueRequest request, GrpcCall call)
    {
        await _roster.RemoveVenueAsync(request.Venue, call.Cancellation).ConfigureAwait(false);
        return new RemoveVenueResponse();
    }

    private async Task<IMessage> ReloadAsync(ReloadConfigurationRequest request, GrpcCall call)
    {
        var report = await _reload.RunAsync(call.Cancellation).ConfigureAwait(false);
        var response = new ReloadConfigurationResponse();
        response.Applied.AddRange(report.Applied);
        response.Left.AddRange(report.Left);
        return response;
    }

    private static LeftOut Told(LeftOutBook left) =>
        new() { Venue = left.Venue, Instrument = left.Instrument, Reason = left.Reason };

    private static Pair PairOf(string text)
    {
        try
        {
            return Pair.Parse(text);
        }
        catch (FormatException e)
        {
            throw new RosterException(StatusCode.InvalidArgument, $"instrument: {e.Message}");
        }
    }

    private static VenueOptions VenueOf(AddVenueRequest request)
    {
        if (!VenueRegistry.TryFind(request.Venue, out var known))
        {
            throw new RosterException(
                StatusCode.InvalidArgument,
                $"venue: unknown venue '{request.Venue}'"
                + $"{Suggestion.For(request.Venue, VenueRegistry.All, static v => v.Profile.Name)}; "
                + $"there are {VenueRegistry.Names}");
        }

        if (request.Socket.Length == 0 != (request.Rest.Length == 0))
        {
            throw new RosterException(StatusCode.InvalidArgument, "give socket and rest together, or neither");
        }

        try
        {
            return new VenueOptions
            {
                Name = known.Profile.Name,
                Socket = request.Socket.Length == 0 ? null : VenueSettings.Address(request.Socket, "ws", "wss"),
                Rest = request.Rest.Length == 0 ? null : VenueSettings.Address(request.Rest, "http", "https"),
            };
        }
        catch (FormatException e)
        {
            throw new RosterException(StatusCode.InvalidArgument, e.Message);
        }
    }
}
