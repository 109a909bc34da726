using System;
using System.Globalization;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>One book of a journal, with all that the engine knew of it; its index is its place in the header.</summary>
public sealed record JournalBook
{
    /// <summary>The venue's name.</summary>
    public required string Venue { get; init; }

    /// <summary>The instrument in the venue's spelling.</summary>
    public required string Symbol { get; init; }

    /// <summary>The consolidated instrument it belongs to.</summary>
    public required string Instrument { get; init; }

    /// <summary>How updates are chained.</summary>
    public ChainRule ChainRule { get; init; }

    /// <summary>Where snapshots come from.</summary>
    public SnapshotSource SnapshotSource { get; init; }

    /// <summary>Levels a side of the venue's window; 0: none.</summary>
    public int WindowLevels { get; init; }

    /// <summary>Levels a side that snapshots are cut off at; 0: they are whole.</summary>
    public int SnapshotLevels { get; init; }

    /// <summary>Known levels of a side below which the book is seeded anew.</summary>
    public int ReseedLevels { get; init; }

    /// <summary>What a wrong checksum means.</summary>
    public ChecksumPolicy ChecksumPolicy { get; init; }

    /// <summary>How long the book may be crossed, nanoseconds.</summary>
    public long CrossedGraceNanos { get; init; }

    /// <summary>Smallest quantity that is quoted, at <see cref="DustScale"/>.</summary>
    public long DustQuantity { get; init; }

    /// <summary>Smallest price times quantity that is quoted, at <see cref="DustScale"/>.</summary>
    public long DustNotional { get; init; }

    /// <summary>Decimal digits of the two.</summary>
    public int DustScale { get; init; }

    /// <summary>A book as the engine has it.</summary>
    public static JournalBook Of(BookDefinition book, string instrument) => new()
    {
        Venue = book.Venue,
        Symbol = book.Symbol,
        Instrument = instrument,
        ChainRule = book.ChainRule,
        SnapshotSource = book.SnapshotSource,
        WindowLevels = book.WindowLevels,
        SnapshotLevels = book.SnapshotLevels,
        ReseedLevels = book.ReseedLevels,
        ChecksumPolicy = book.ChecksumPolicy,
        CrossedGraceNanos = book.CrossedGraceNanos,
        DustQuantity = book.DustQuantity,
        DustNotional = book.DustNotional,
        DustScale = book.DustScale,
    };

    /// <summary>The same for the engine.</summary>
    public BookDefinition Define(int instrument) => new()
    {
        Venue = Venue,
        Symbol = Symbol,
        Instrument = instrument,
        ChainRule = ChainRule,
        SnapshotSource = SnapshotSource,
        WindowLevels = WindowLevels,
        SnapshotLevels = SnapshotLevels,
        ReseedLevels = ReseedLevels,
        ChecksumPolicy = ChecksumPolicy,
        CrossedGraceNanos = CrossedGraceNanos,
        DustQuantity = DustQuantity,
        DustNotional = DustNotional,
        DustScale = DustScale,
    };

    /// <summary>The fields in the order of the properties, tabs between.</summary>
    internal string Write() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Venue}\t{Symbol}\t{Instrument}\t{ChainRule}\t{SnapshotSource}\t{WindowLevels}"
            + $"\t{SnapshotLevels}\t{ReseedLevels}\t{ChecksumPolicy}\t{CrossedGraceNanos}"
            + $"\t{DustQuantity}\t{DustNotional}\t{DustScale}");

    /// <summary>Reads what <see cref="Write"/> wrote; null when it is something else.</summary>
    internal static JournalBook? Parse(string[] fields)
    {
        if (fields is not [var venue, var symbol, var instrument, var chain, var source, var window,
                var cut, var reseed, var policy, var grace, var quantity, var notional, var scale]
            || !Enum.TryParse<ChainRule>(chain, out var chainRule) || !Enum.IsDefined(chainRule)
            || !Enum.TryParse<SnapshotSource>(source, out var snapshots) || !Enum.IsDefined(snapshots)
            || !Enum.TryParse<ChecksumPolicy>(policy, out var checksums) || !Enum.IsDefined(checksums)
            || !TryRead(window, out var windowLevels) || !TryRead(grace, out var graceNanos)
            || !TryRead(cut, out var snapshotLevels) || !TryRead(reseed, out var reseedLevels)
            || !TryRead(quantity, out var dust) || !TryRead(notional, out var dustNotional)
            || !TryRead(scale, out var dustScale)
            || Math.Max(windowLevels, Math.Max(snapshotLevels, reseedLevels)) > int.MaxValue
            || dustScale > Engine.Model.Scale.Max)
        {
            return null;
        }

        return new JournalBook
        {
            Venue = venue,
            Symbol = symbol,
            Instrument = instrument,
            ChainRule = chainRule,
            SnapshotSource = snapshots,
            WindowLevels = (int)windowLevels,
            SnapshotLevels = (int)snapshotLevels,
            ReseedLevels = (int)reseedLevels,
            ChecksumPolicy = checksums,
            CrossedGraceNanos = graceNanos,
            DustQuantity = dust,
            DustNotional = dustNotional,
            DustScale = (int)dustScale,
        };
    }

    private static bool TryRead(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
