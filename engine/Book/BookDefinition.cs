namespace LowLatencyQuoter.Engine.Book;

/// <summary>What the engine must know of one venue's book of one instrument; fixed while the book exists.</summary>
public sealed record BookDefinition
{
    private readonly int? _reseedLevels;

    /// <summary>The venue's name, as in <c>Level.exchange</c>.</summary>
    public required string Venue { get; init; }

    /// <summary>The instrument in the venue's own spelling.</summary>
    public required string Symbol { get; init; }

    /// <summary>Dense index of the consolidated instrument this book belongs to.</summary>
    public required int Instrument { get; init; }

    /// <summary>Index of the connection that carries it; resync requests are addressed there.</summary>
    public int Connection { get; init; }

    /// <summary>How updates are chained.</summary>
    public ChainRule ChainRule { get; init; }

    /// <summary>Where snapshots come from.</summary>
    public SnapshotSource SnapshotSource { get; init; }

    /// <summary>
    /// Levels a side that the venue's window has, so that the book is cut to it after each message; 0: no window.
    /// </summary>
    public int WindowLevels { get; init; }

    /// <summary>
    /// Levels a side that are asked for with each snapshot, beyond which the venue leaves levels out; 0: it states its
    /// whole book, or keeps a window.
    /// </summary>
    public int SnapshotLevels { get; init; }

    /// <summary>
    /// A side whose snapshot was cut off and that has fewer known levels than this is seeded anew, see
    /// <see cref="SnapshotSource.Rest"/>. As a rule half of what a snapshot has, so that a quote does not notice.
    /// </summary>
    public int ReseedLevels
    {
        get => _reseedLevels ?? (SnapshotLevels + 1) / 2;
        init => _reseedLevels = value;
    }

    /// <summary>What a wrong checksum means.</summary>
    public ChecksumPolicy ChecksumPolicy { get; init; }

    /// <summary>How long the book may be crossed before it is doubted, in nanoseconds of event time.</summary>
    public long CrossedGraceNanos { get; init; } = 500_000_000;

    /// <summary>
    /// Levels with less than this quantity do not enter the quote; decimal, at scale <see cref="DustScale"/>.
    /// </summary>
    public long DustQuantity { get; init; }

    /// <summary>
    /// Levels with less than this price times quantity do not enter the quote; at scale <see cref="DustScale"/>.
    /// </summary>
    public long DustNotional { get; init; }

    /// <summary>Decimal digits of the two dust limits.</summary>
    public int DustScale { get; init; }
}
