using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>What alerts and dashboards ask of a venue as a whole: the sums over its books, and its ring.</summary>
/// <param name="pipeline">Books and rings.</param>
public sealed class FeedMetrics(QuoterPipeline pipeline) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        var venues = Venues();
        Count(
            text, venues, "quoter_feed_gap_total", "Breaks of the update chain, over the venue's books.",
            static status => status.Gaps);
        Count(
            text, venues, "quoter_feed_checksum_fail_total", "Wrong checksums, over the venue's books.",
            static status => Math.Max(status.ChecksumsChecked - status.ChecksumsMatched, 0));
        text.Begin(MetricKind.Gauge, "quoter_ring_depth", "Events of the venue that the engine has not taken yet.");
        foreach (var (venue, connection, _) in venues)
        {
            var lane = pipeline.Lanes[connection];
            text.Sample(Math.Max(lane.PublishedCount - (lane.Consumed.Get() + 1), 0), ("venue", venue));
        }
    }

    private List<(string Venue, int Connection, List<BookStatus> Books)> Venues()
    {
        var venues = new List<(string Venue, int Connection, List<BookStatus> Books)>();
        var table = pipeline.Table;
        for (var book = 0; book < table.Definitions.Length; book++)
        {
            if (!table.IsListed(book))
            {
                continue;
            }

            var definition = table.Definitions[book];
            var index = venues.FindIndex(venue => venue.Venue == definition.Venue);
            if (index < 0)
            {
                index = venues.Count;
                venues.Add((definition.Venue, definition.Connection, []));
            }

            venues[index].Books.Add(table.Statuses[book]);
        }

        return venues;
    }

    private static void Count(
        MetricText text,
        List<(string Venue, int Connection, List<BookStatus> Books)> venues,
        string name,
        string help,
        Func<BookStatus, long> read)
    {
        text.Begin(MetricKind.Counter, name, help);
        foreach (var (venue, _, books) in venues)
        {
            var sum = 0L;
            books.ForEach(status => sum += read(status));
            text.Sample(sum, ("venue", venue));
        }
    }
}
