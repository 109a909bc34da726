using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>What a replay found. The sums are over all books.</summary>
public sealed record ReplayReport
{
    /// <summary>Whose recording it was.</summary>
    public required string Venue { get; init; }

    /// <summary>Which books there are, with their statuses.</summary>
    public required BookTable Table { get; init; }

    /// <summary>Levels of each book as the recording left them, in the table's order.</summary>
    public required IReadOnlyList<BookCopy> Books { get; init; }

    /// <summary>Messages of sockets; REST bodies not counted.</summary>
    public required long Frames { get; init; }

    /// <summary>Snapshots and updates of books.</summary>
    public required long DepthEvents { get; init; }

    /// <summary>Messages that could not be understood.</summary>
    public required long DecodeErrors { get; init; }

    /// <summary>Quotes published.</summary>
    public required long Quotes { get; init; }

    /// <summary>Fingerprint of the final books.</summary>
    public required string StateHash { get; init; }

    /// <summary>Fingerprint of all quotes.</summary>
    public required string QuoteHash { get; init; }

    /// <summary>Wall time.</summary>
    public required double ElapsedMillis { get; init; }

    /// <summary>Managed bytes allocated on the replay's thread for each event, from the hundredth message on.</summary>
    public required double AllocatedBytesPerEvent { get; init; }

    /// <summary>Breaks of update-id chains.</summary>
    public long Gaps => Sum(static status => status.Gaps);

    /// <summary>Updates whose ids are missing, so that no chain could be checked.</summary>
    public long Unproven => Sum(static status => status.Unproven);

    /// <summary>Books that became live again after a fault.</summary>
    public long Resyncs => Sum(static status => status.Resyncs);

    /// <summary>Books brought to finer scales.</summary>
    public long Widened => Sum(static status => status.Widened);

    /// <summary>Messages after which a book was crossed.</summary>
    public long Crossed => Sum(static status => status.Crossed);

    /// <summary>Messages whose checksum was compared.</summary>
    public long ChecksumsChecked => Sum(static status => status.ChecksumsChecked);

    /// <summary>Of those, equal ones.</summary>
    public long ChecksumsMatched => Sum(static status => status.ChecksumsMatched);

    /// <summary>Tops of another feed that could be compared.</summary>
    public long CrossChecks => Sum(static status => status.CrossChecks);

    /// <summary>Of those, equal ones.</summary>
    public long CrossChecksEqual => Sum(static status => status.CrossChecksEqual);

    /// <summary>
    /// True when every chain held, every checksum and cross check matched and everything could be read.
    /// </summary>
    public bool Passed =>
        Gaps == 0 && DecodeErrors == 0 && ChecksumsChecked == ChecksumsMatched && CrossChecks == CrossChecksEqual;

    private long Sum(Func<BookStatus, long> count)
    {
        var sum = 0L;
        foreach (var status in Table.Statuses)
        {
            sum += count(status);
        }

        return sum;
    }
}
