using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Tardis;

/// <summary>What a reader of the exported rows knows of one book by now. One thread.</summary>
internal sealed class TardisBook
{
    /// <summary>Buyers.</summary>
    public TardisSide Bids { get; } = new(Side.Bid);

    /// <summary>Sellers.</summary>
    public TardisSide Asks { get; } = new(Side.Ask);

    /// <summary>
    /// True when the last rows of it were a snapshot's: rows of another would be taken for more of that one.
    /// </summary>
    public bool EndsInSnapshot { get; set; }

    /// <summary>Messages with levels that the engine had applied, before the message under way.</summary>
    public long Updates { get; set; }

    /// <summary>Snapshots that it had applied.</summary>
    public long Snapshots { get; set; }
}
