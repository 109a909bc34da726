using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Health;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>The status of each book, labelled with venue and the venue's symbol.</summary>
/// <param name="table">The books.</param>
/// <param name="nowNanos">The engine's clock, for the age of books.</param>
public sealed class BookMetrics(BookTable table, Func<long> nowNanos) : IMetricSource
{
    private const double NanosPerSecond = 1e9;

    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        WriteStates(text);
        WriteAges(text);
        WriteLevels(text);
        Count(text, "updates", "Messages with levels that were applied.", static status => status.Updates);
        Count(text, "snapshots", "Snapshots that were applied.", static status => status.Snapshots);
        Count(
            text,
            "ignored",
            "Messages the book contained already, or that came while none was served.",
            static status => status.Ignored);
        Count(text, "gaps", "Breaks of the update chain.", static status => status.Gaps);
        Count(
            text,
            "unproven",
            "Updates applied although the ids that would chain them are missing.",
            static status => status.Unproven);
        Count(text, "resyncs", "Times the book became live again after a fault.", static status => status.Resyncs);
        Count(
            text,
            "faults",
            "Faults other than breaks of the chain and wrong checksums.",
            static status => status.Faults);
        Count(
            text,
            "snapshots_too_old",
            "Snapshots older than the updates buffered beside them.",
            static status => status.SnapshotsTooOld);
        Count(
            text,
            "snapshots_unproven",
            "Snapshots given up because no update led on from them.",
            static status => status.SnapshotsUnproven);
        Count(
            text,
            "snapshots_wanted",
            "Snapshots the engine asked for.",
            static status => status.SnapshotsWanted - status.WishesBefore);
        Count(
            text,
            "checksums_checked",
            "Messages whose checksum was compared.",
            static status => status.ChecksumsChecked);
        Count(
            text,
            "checksums_matched",
            "Messages whose checksum was right.",
            static status => status.ChecksumsMatched);
        Count(
            text,
            "cross_checks",
            "Tops stated by another feed that were compared.",
            static status => status.CrossChecks);
        Count(
            text,
            "cross_checks_equal",
            "Tops stated by another feed that were equal.",
            static status => status.CrossChecksEqual);
        Count(text, "audits", "The venue's own book compared with this one.", static status => status.Audits);
        Count(
            text,
            "audits_differing",
            "Comparisons with the venue's own book in which it was another one.",
            static status => status.AuditsDiffering);
        Count(
            text,
            "audits_unaligned",
            "Answers that could not be brought to an update id of the book.",
            static status => status.AuditsUnaligned);
        Count(text, "crossed", "Messages after which the book was crossed.", static status => status.Crossed);
        Count(text, "widened", "Times a finer value widened the book's scale.", static status => status.Widened);
    }

    private void WriteStates(MetricText text)
    {
        text.Begin(MetricKind.Gauge, "quoter_book_state", "1 for the state the book is in, 0 for the others.");
        foreach (var book in Listed())
        {
            var definition = table.Definitions[book];
            var state = (int)table.Statuses[book].State;
            for (var index = 0; index < BookStateNames.All.Count; index++)
            {
                text.Sample(
                    index == state ? 1L : 0L,
                    ("venue", definition.Venue), ("symbol", definition.Symbol), ("state", BookStateNames.All[index]));
            }
        }
    }

    private void WriteAges(MetricText text)
    {
        text.Begin(MetricKind.Gauge, "quoter_book_age_seconds", "Time since the last message for the book came in.");
        var now = nowNanos();
        foreach (var book in Listed())
        {
            var received = table.Statuses[book].LastReceivedNanos;
            if (received != 0)   // a book that never received anything has no age
            {
                text.Sample(Math.Max(now - received, 0) / NanosPerSecond, Labels(book));
            }
        }
    }

    private void WriteLevels(MetricText text)
    {
        text.Begin(MetricKind.Gauge, "quoter_book_levels", "Price levels on one side of the book.");
        foreach (var book in Listed())
        {
            var definition = table.Definitions[book];
            var status = table.Statuses[book];
            text.Sample(status.BidLevels, ("venue", definition.Venue), ("symbol", definition.Symbol), ("side", "bid"));
            text.Sample(status.AskLevels, ("venue", definition.Venue), ("symbol", definition.Symbol), ("side", "ask"));
        }
    }

    private void Count(MetricText text, string noun, string help, Func<BookStatus, long> read)
    {
        text.Begin(MetricKind.Counter, $"quoter_book_{noun}_total", help);
        foreach (var book in Listed())
        {
            text.Sample(read(table.Statuses[book]), Labels(book));
        }
    }

    private IEnumerable<int> Listed()
    {
        for (var book = 0; book < table.Definitions.Length; book++)
        {
            if (table.IsListed(book))
            {
                yield return book;
            }
        }
    }

    private (string Name, string Value)[] Labels(int book) =>
        [("venue", table.Definitions[book].Venue), ("symbol", table.Definitions[book].Symbol)];
}
