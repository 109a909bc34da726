using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>What the reference handler knows of one venue's book: exact decimals, no cleverness.</summary>
internal sealed class ReferenceVenue(BookDefinition definition)
{
    public BookDefinition Definition { get; } = definition;

    public BookState State { get; set; }

    public SortedDictionary<decimal, decimal> Bids { get; } =
        new(Comparer<decimal>.Create(static (left, right) => right.CompareTo(left)));

    public SortedDictionary<decimal, decimal> Asks { get; } = [];

    public int PriceScale { get; set; }

    public int QuantityScale { get; set; }

    public long LastUpdateId { get; set; }

    public List<Message> Waiting { get; } = [];

    public bool Faulted { get; set; }

    /// <summary>The greatest id that a live book had, or that was buffered and is lost.</summary>
    public long Reached { get; set; }

    /// <summary>The id of the snapshot in the book that no update has proven; null: there is none.</summary>
    public long? Held { get; set; }

    /// <summary>Updates since then.</summary>
    public int Behind { get; set; }

    /// <summary>The live book rests on what the venue stated twice.</summary>
    public bool IsTentative { get; set; }

    public long SnapshotsUnproven { get; set; }

    public int Refusals { get; set; }

    /// <summary>An update was applied since the snapshot.</summary>
    public bool Follows { get; set; }

    public long? CrossedSince { get; set; }

    public long Wanted { get; set; }

    public long Gaps { get; set; }

    public long Unproven { get; set; }

    public long Resyncs { get; set; }

    public long Ignored { get; set; }

    public long Updates { get; set; }

    public long Snapshots { get; set; }

    public long TooOld { get; set; }

    public long Faults { get; set; }

    public long Matched { get; set; }

    public long Checked { get; set; }
}
