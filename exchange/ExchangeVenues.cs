using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using LowLatencyQuoter.Exchange.Venues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Exchange;

/// <summary>The venues of one host: the simulated ones over their common market, and the one played back.</summary>
internal sealed class ExchangeVenues
{
    private readonly Dictionary<string, IVenueSimulation> _simulated = [];
    private readonly ExchangeOptions _options;
    private PlaybackVenue? _playback;

    private ExchangeVenues(ExchangeOptions options, IReadOnlyList<string> names)
    {
        _options = options;
        Names = names;
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The market of the simulated venues.</summary>
    public required SimulatedMarket Market { get; init; }

    public static ExchangeVenues Open(ExchangeOptions options, ILogger logger)
    {
        var chosen = VenueRegistry.Select(options);
        var instruments = InstrumentProfile.Select(options.Instruments);
        var venues = new ExchangeVenues(options, [.. chosen.Select(venue => venue.Name)])
        {
            Market = new SimulatedMarket(options.Seed),
        };
        foreach (var venue in chosen)
        {
            if (options.Playback is { } playback && playback.Venue == venue.Name)
            {
                venues._playback = new PlaybackVenue(venue, playback, options.Clock, logger);
            }
            else
            {
                venues._simulated.Add(venue.Name, venue.Simulate(venues.Books(venue, instruments)));
            }
        }

        return venues;
    }

    public void Map(IEndpointRouteBuilder routes, SessionRegistry sessions)
    {
        foreach (var (name, venue) in _simulated)
        {
            venue.Map(new VenueRoutes(routes, sessions, name));
        }

        if (_playback is { } playback)
        {
            playback.Map(new VenueRoutes(routes, sessions, _options.Playback!.Venue));
            routes.MapGet("/playback/status", playback.WriteStatusAsync);
        }
    }

    /// <summary>Runs the market until canceled.</summary>
    public async Task RunAsync(ILogger logger, CancellationToken cancellation)
    {
        if (_simulated.Count == 0)
        {
            return;
        }

        try
        {
            await new MarketPump(Market, [.. _simulated.Values], _options.Clock, _options.Rate).RunAsync(cancellation);
        }
        catch (Exception exception)
        {
            Log.MarketStopped(logger, exception.ToString());
            throw;
        }
    }

    public void StandStill()
    {
        lock (Market.Gate)
        {
            Market.IsStill = true;
        }
    }

    public bool Announce(string venue) => _simulated.TryGetValue(venue, out var simulated) && simulated.Announce();

    private VenueMarket Books(IVenue venue, IReadOnlyList<InstrumentProfile> instruments) => new(
        Market,
        [.. instruments.Select(venue.List).OfType<Listing>()
            .Select(listing => Market.List(venue.Name, listing, venue.Flow))],
        _options);
}
