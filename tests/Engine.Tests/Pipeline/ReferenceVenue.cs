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

    /// <summary>The last update that is neither in a live book nor waiting.</summary>
    public long Lost { get; set; }

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
