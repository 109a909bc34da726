using LowLatencyQuoter.Feeds.Journal;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>What the journal has taken.</summary>
/// <param name="journal">The journal; null when there is none.</param>
public sealed class JournalMetrics(JournalWriter? journal) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        if (journal is null)
        {
            return;
        }

        text.Begin(MetricKind.Counter, "quoter_journal_events_total", "Depth events written to the journal.")
            .Sample(journal.Events);
        text.Begin(MetricKind.Counter, "quoter_journal_bytes_total", "Bytes written to the journal.")
            .Sample(journal.Bytes);
        text.Begin(MetricKind.Counter, "quoter_journal_lost_total", "Depth events the journal could not write.")
            .Sample(journal.Lost);
    }
}
