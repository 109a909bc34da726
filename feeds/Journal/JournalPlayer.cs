using System;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>
/// Repeats a journaled run on the caller's thread: the same events in the same order, the same moments, and so the same
/// books and quotes.
/// </summary>
public static class JournalPlayer
{
    /// <summary>Plays a journal to its end; returns the count of events.</summary>
    /// <param name="journal">Where it stands.</param>
    /// <param name="pipeline">A pipeline that has seen nothing yet, of the same books, with one lane.</param>
    /// <param name="clock">That pipeline's clock.</param>
    /// <param name="onStep">Called after each record: the time to read quotes; null: nobody.</param>
    /// <exception cref="ArgumentException">The pipeline's books are others than the journal's.</exception>
    /// <exception cref="JournalFormatException">The journal is damaged.</exception>
    public static long Play(JournalReader journal, QuoterPipeline pipeline, ManualClock clock, Action? onStep = null)
    {
        CheckBooks(journal, pipeline.Table);
        var lane = pipeline.Lanes[0];
        var events = 0L;
        while (journal.TryRead())
        {
            if (journal.Kind == JournalRecordKind.Time)
            {
                clock.Nanos = journal.Nanos;
                pipeline.DoWork();   // finds no event, and so looks at the clock
            }
            else
            {
                clock.Nanos = journal.Event.DecodedNanos;
                lane.TryAppend(in journal.Event);   // there is room: the one before has been taken
                pipeline.DoWork();
                events++;
            }

            onStep?.Invoke();
        }

        return events;
    }

    private static void CheckBooks(JournalReader journal, BookTable table)
    {
        var found = JournalHeader.Of(table, journal.Header.Levels).Books;
        for (var book = 0; book < Math.Max(found.Count, journal.Books.Count); book++)
        {
            if (book >= found.Count || book >= journal.Books.Count || found[book] != journal.Books[book])
            {
                throw new ArgumentException(
                    $"book {book} is {(book < found.Count ? found[book] : null)} here and "
                    + $"{(book < journal.Books.Count ? journal.Books[book] : null)} in the journal",
                    nameof(table));
            }
        }
    }
}
