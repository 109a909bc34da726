using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>
/// Which books there are: for each instrument one of each venue that quotes it, in the configured order of the venues.
/// </summary>
internal static class BookPlan
{
    /// <summary>
    /// The venue of each column: the configured ones in their order, then every other one, so that a venue that is
    /// added while running has a place.
    /// </summary>
    public static IReadOnlyList<string> Columns(QuoterOptions options) =>
    [
        .. options.Venues.Select(static venue => venue.Name)
            .Concat(VenueRegistry.All.Select(static venue => venue.Profile.Name))
            .Distinct(),
    ];

    /// <summary>
    /// Lays the books out with room for others: a row for each instrument, the spare ones included, a place in it for
    /// each venue there is. A place costs some hundred bytes until there is a book in it.
    /// </summary>
    /// <param name="options">What is quoted.</param>
    /// <param name="takes">Whether a venue, by its index, quotes an instrument.</param>
    public static BookTable MakeGrowing(QuoterOptions options, Func<Pair, int, bool> takes)
    {
        var columns = Columns(options);
        var names = new List<string>(options.Instruments.Select(static pair => pair.ToString()));
        names.AddRange(Enumerable.Repeat("", options.SpareInstruments));
        var definitions = new List<BookDefinition>();
        for (var place = 0; place < names.Count * columns.Count; place++)
        {
            var (instrument, column) = Math.DivRem(place, columns.Count);
            definitions.Add(IsTaken(place)
                ? Define(
                    options,
                    options.Venues[column],
                    options.Venues[column].Feed,
                    options.Venues[column].Feed.SymbolOf(options.Instruments[instrument]),
                    instrument,
                    column)
                : new BookDefinition
                {
                    Venue = columns[column],
                    Symbol = "",
                    Instrument = instrument,
                    Connection = column,
                });
        }

        return new BookTable(names, definitions, IsTaken);

        bool IsTaken(int place)
        {
            var (instrument, column) = Math.DivRem(place, columns.Count);
            return instrument < options.Instruments.Count && column < options.Venues.Count
                && takes(options.Instruments[instrument], column);
        }
    }

    /// <summary>Lays the books out.</summary>
    /// <param name="options">What is quoted.</param>
    /// <param name="takes">Whether a venue, by its index, quotes an instrument; null: all do.</param>
    public static BookTable Make(QuoterOptions options, Func<Pair, int, bool>? takes = null)
    {
        var instruments = new List<string>();
        var definitions = new List<BookDefinition>();
        foreach (var pair in options.Instruments)
        {
            for (var connection = 0; connection < options.Venues.Count; connection++)
            {
                if (takes?.Invoke(pair, connection) == false)
                {
                    continue;
                }

                var venue = options.Venues[connection];
                var known = venue.Feed;
                definitions.Add(Define(options, venue, known, known.SymbolOf(pair), instruments.Count, connection));
            }

            instruments.Add(pair.ToString());
        }

        return new BookTable(instruments, definitions);
    }

    /// <summary>Defines a venue's book of an instrument.</summary>
    public static BookDefinition Define(
        QuoterOptions options, VenueOptions venue, IVenue known, string symbol, int instrument, int connection)
    {
        var profile = known.Profile;
        var subscription = new SubscriptionOptions { Depth = venue.Depth, WholeBooks = venue.WholeBooks };
        var quantity = Scaled(venue.Dust ?? options.Dust);
        var notional = Scaled(venue.DustNotional ?? options.DustNotional);
        return new BookDefinition
        {
            Venue = profile.Name,
            Symbol = symbol,
            Instrument = instrument,
            Connection = connection,
            ChainRule = profile.ChainRule,
            SnapshotSource = known.SourceOf(subscription),
            WindowLevels = known.WindowOf(subscription),
            SnapshotLevels = known.SnapshotLevelsOf(subscription),
            ChecksumPolicy = venue.Checksum ?? profile.ChecksumPolicy,
            CrossedGraceNanos = options.CrossedGraceMillis * 1_000_000L,
            DustQuantity = quantity,
            DustNotional = notional,
            DustScale = DustScale,
        };
    }

    /// <summary>
    /// Nine digits hold every limit that the options accept: below a billion, so far below 2^63 when scaled.
    /// </summary>
    private const int DustScale = 9;

    private static long Scaled(decimal value)
    {
        var scaled = value * Scale.Power(DustScale);
        return (long)decimal.Ceiling(scaled);   // a finer limit is met by the next whole step, never by a smaller level
    }
}
