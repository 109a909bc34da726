using System.Collections.Generic;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Membership;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>Quotes of each instrument and what became of them on the way to the clients.</summary>
/// <param name="quotes">The quotes of each instrument.</param>
/// <param name="table">Names the instruments.</param>
/// <param name="publisher">The publisher's counters.</param>
/// <param name="instruments">Which instruments there are; null: all of the table, for ever.</param>
public sealed class QuoteMetrics(
    IReadOnlyList<QuoteRing> quotes,
    BookTable table,
    PublisherCounters publisher,
    InstrumentDirectory? instruments = null)
    : IMetricSource
{
    private readonly InstrumentDirectory _instruments = instruments ?? new InstrumentDirectory(table.Instruments);

    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        text.Begin(MetricKind.Counter, "quoter_quotes_total", "Quotes made: changes of the consolidated book.");
        foreach (var seat in _instruments.Seats)
        {
            text.Sample(quotes[seat.Place].Cursor + 1 - seat.QuotesBefore, ("instrument", seat.Name));
        }

        text.Begin(MetricKind.Gauge, "quoter_subscribers", "Streams of quotes at this moment.")
            .Sample(publisher.Subscribers);
        text.Begin(MetricKind.Counter, "quoter_messages_sent_total", "Quote messages written to streams.")
            .Sample(publisher.Sent);
        text.Begin(MetricKind.Counter, "quoter_conflated_total", "Quotes left out of a stream whose client lagged.")
            .Sample(publisher.Conflated);
        text.Begin(MetricKind.Counter, "quoter_overtaken_total", "Quotes left out of all streams: it lagged.")
            .Sample(publisher.Overtaken);
        text.Begin(MetricKind.Counter, "quoter_heartbeats_total", "Heartbeats written to streams without news.")
            .Sample(publisher.Heartbeats);
        text.Begin(MetricKind.Counter, "quoter_streams_overrun_total", "Streams that ended because they lagged.")
            .Sample(publisher.Overrun);
        text.Begin(MetricKind.Counter, "quoter_streams_broken_total", "Streams that ended because writing failed.")
            .Sample(publisher.Broken);
    }
}
