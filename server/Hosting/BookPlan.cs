using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>
/// Which books there are: for each instrument one of each venue, in the configured order of the venues.
/// </summary>
internal static class BookPlan
{
    /// <summary>Lays the books out.</summary>
    public static BookTable Make(QuoterOptions options)
    {
        var instruments = new List<string>();
        var definitions = new List<BookDefinition>();
        foreach (var pair in options.Instruments)
        {
            for (var connection = 0; connection < options.Venues.Count; connection++)
            {
                var venue = options.Venues[connection];
                VenueRegistry.TryFind(venue.Name, out var known);
                definitions.Add(Define(options, venue, known, known.SymbolOf(pair), instruments.Count, connection));
            }

            instruments.Add(pair.ToString());
        }

        return new BookTable(instruments, definitions);
    }

    private static BookDefinition Define(
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
