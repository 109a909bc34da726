using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>What <see cref="LinkGate"/> remembers of one book. Links are bits: 1 and 2.</summary>
internal struct LinkLine
{
    /// <summary>The last update id that went to the engine; 0 when there is none.</summary>
    public long LastUpdateId;

    /// <summary>Links whose messages follow, without a hole, what went to the engine.</summary>
    public int Joined;

    /// <summary>Links on which the venue serves the book.</summary>
    public int Serving;

    /// <summary>Links that were ahead for so long that they wait no more.</summary>
    public int Outside;

    /// <summary>Links that lay behind the other one when it ended: they repeat what it had brought.</summary>
    public int Behind;

    /// <summary>The last id that each link brought, whatever became of it.</summary>
    public LinkValues Brought;

    /// <summary>Snapshots that the book had taken when the last one went to the engine.</summary>
    public long SnapshotsBefore;

    /// <summary>Since when a message of each link waits, in nanoseconds; 0: none does.</summary>
    public LinkValues Held;

    /// <summary>
    /// The last ids that went to the engine, where ids may fall and so their order tells nothing; else null.
    /// </summary>
    public long[]? Recent;

    /// <summary>Where the next one goes.</summary>
    public int RecentNext;

    /// <summary>A number for each link.</summary>
    [InlineArray(LinkGate.Links)]
    internal struct LinkValues
    {
        private long _first;
    }
}
