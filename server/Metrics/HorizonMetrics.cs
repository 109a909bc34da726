using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>
/// How far the books are known whose snapshots may be cut off: price and count of levels up to the horizon of each
/// side, and the snapshots that were taken so that no quote reaches it. A side that is known in full has no sample.
/// </summary>
/// <param name="table">The books.</param>
public sealed class HorizonMetrics(BookTable table) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        text.Begin(
            MetricKind.Gauge,
            "quoter_book_horizon_price",
            "Worst price up to which every level of the side is known; none for a side that is known in full.");
        ForEachSide((book, side, horizon, _) => text.Sample(
            horizon / (double)Scale.Power((int)table.Statuses[book].HorizonScale), Labels(book, side)));
        text.Begin(
            MetricKind.Gauge,
            "quoter_book_horizon_levels",
            "Known levels of the side before its horizon; none for a side that is known in full.");
        ForEachSide((book, side, _, levels) => text.Sample(levels, Labels(book, side)));
        Count(
            text,
            "reseeds_wanted",
            "Snapshots asked for because a side of the live book came near its horizon.",
            static status => status.ReseedsWanted);
        Count(
            text,
            "reseeds",
            "Such snapshots that took the live book's place.",
            static status => status.Reseeds);
        Count(
            text,
            "horizons_reached",
            "Times a side had no known level left before its horizon.",
            static status => status.HorizonsReached);
    }

    private void ForEachSide(Action<int, string, long, long> write)
    {
        for (var book = 0; book < table.Definitions.Length; book++)
        {
            var status = table.Statuses[book];
            if (!table.IsListed(book))
            {
                continue;
            }

            if (status.BidHorizon != 0)
            {
                write(book, "bid", status.BidHorizon, status.KnownBids);
            }

            if (status.AskHorizon != 0)
            {
                write(book, "ask", status.AskHorizon, status.KnownAsks);
            }
        }
    }

    private void Count(MetricText text, string noun, string help, Func<BookStatus, long> read)
    {
        text.Begin(MetricKind.Counter, $"quoter_book_{noun}_total", help);
        for (var book = 0; book < table.Definitions.Length; book++)
        {
            if (table.IsListed(book) && table.Definitions[book].SnapshotLevels != 0)
            {
                var definition = table.Definitions[book];
                text.Sample(read(table.Statuses[book]), ("venue", definition.Venue), ("symbol", definition.Symbol));
            }
        }
    }

    private (string Name, string Value)[] Labels(int book, string side) =>
    [
        ("venue", table.Definitions[book].Venue), ("symbol", table.Definitions[book].Symbol), ("side", side),
    ];
}
