using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Tardis;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>Choices of a replay.</summary>
public sealed record ReplayOptions
{
    /// <summary>Capture files that form one recording.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Only these symbols, in the venue's spelling; empty: every one that the recording holds.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Rows a side of each quote.</summary>
    public int Levels { get; init; } = 10;

    /// <summary>What keeps the books; the hashes are the same with all of them.</summary>
    public BookStructure Book { get; init; }

    /// <summary>
    /// Which threads drive books and quotes; the hashes are the same with all of them. On threads the quotes carry no
    /// time of publication.
    /// </summary>
    public ThreadingMode Mode { get; init; } = ThreadingMode.Invoker;

    /// <summary>
    /// Takes what is applied to the books; null: nobody. Without threads only; the replay does not own it.
    /// </summary>
    public TardisExport? Export { get; init; }

    /// <summary>Levels of the venue's window where the recording does not say; 0: the venue's default.</summary>
    public int Depth { get; init; }

    /// <summary>Times faster than recorded; 0: as fast as possible.</summary>
    public double Speed { get; init; }

    /// <summary>What a wrong checksum means; null: the venue's default.</summary>
    public ChecksumPolicy? ChecksumPolicy { get; init; }
}
