using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Exchange.History;
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
    private readonly Dictionary<string, IReadOnlyList<SimulatedBook>> _books = [];
    private readonly List<BookHistory> _histories = [];
    private readonly ExchangeOptions _options;
    private PlaybackVenue? _playback;

    private ExchangeVenues(ExchangeOptions options, IReadOnlyList<string> names)
    {
        _options = options;
        Names = names;
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Names of the simulated ones.</summary>
    public IReadOnlyCollection<string> Simulated => _simulated.Keys;

    /// <summary>What is kept of the simulated books; none unless the options ask for it.</summary>
    public IReadOnlyList<BookHistory> Histories => _histories;

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

    public void Map(IEndpointRouteBuilder routes, SessionRegistry sessions, FaultPlan faults)
    {
        foreach (var (name, venue) in _simulated)
        {
            venue.Map(new VenueRoutes(routes, sessions, name, faults.Find(name)));
        }

        if (_playback is { } playback)
        {
            playback.Map(new VenueRoutes(routes, sessions, _options.Playback!.Venue, null));
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

    /// <summary>A simulated book by the venue's spelling or the instrument's name; null when there is none.</summary>
    public SimulatedBook? FindBook(string venue, string symbol) => _books[venue].FirstOrDefault(book =>
        book.Listing.Symbol == symbol || book.Listing.Instrument.Name == symbol);

    /// <summary>Lets the books of a venue, one or all, have a fault of the market.</summary>
    public void Disturb(string venue, Fault fault, SimulatedBook? only)
    {
        lock (Market.Gate)
        {
            foreach (var book in only is null ? _books[venue] : [only])
            {
                if (fault.Name == "trend")
                {
                    Market.Shift(book.Listing.Instrument, fault.BasisPoints);
                }
                else
                {
                    var time = fault.For > TimeSpan.Zero ? fault.For : TimeSpan.FromSeconds(1);
                    var steps = time.TotalSeconds * _options.Rate / SimulatedMarket.StepSeconds;
                    Market.Faults.Cross(book, (long)Math.Ceiling(steps));
                }
            }
        }
    }

    public bool Provoke(string venue, string fault, SimulatedBook? only) =>
        _simulated[venue].Provoke(fault, only?.Listing.Symbol);

    public void Calm(string venue) => _simulated[venue].Calm();

    private VenueMarket Books(IVenue venue, IReadOnlyList<InstrumentProfile> instruments)
    {
        SimulatedBook[] books =
        [
            .. instruments.Select(instrument => List(venue, instrument)).OfType<Listing>()
                .Select(listing => Market.List(venue.Name, listing, venue.Flow)),
        ];
        _books.Add(venue.Name, books);
        foreach (var book in _options.HistoryStates == 0 ? [] : books)
        {
            var history = new BookHistory(
                venue.Name, book, _options.HistoryStates, _options.HistoryDepth, venue.Name == "bitfinex");
            _histories.Add(history);
            Market.Remember(book, history);
        }

        return new VenueMarket(Market, books, _options);
    }

    private static Listing? List(IVenue venue, InstrumentProfile instrument)
    {
        if (!InstrumentProfile.More.Contains(instrument))
        {
            return venue.List(instrument);
        }

        var like = InstrumentProfile.Known.First(known => known.Name == "ETH/USDT");
        return venue.List(like) is not { } listing ? null : listing with
        {
            Instrument = instrument,
            Symbol = listing.Symbol.Replace("ETH", instrument.BaseAsset, StringComparison.Ordinal)
                .Replace("eth", instrument.BaseAsset.ToLowerInvariant(), StringComparison.Ordinal),
        };
    }
}
