using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>
/// What a baseline decoder fills: one message, its memory reused. Prices and quantities at <see cref="Scale"/>.
/// </summary>
internal sealed class DepthUpdate
{
    /// <summary>Decimal digits of every price and quantity.</summary>
    public const int Scale = 8;

    /// <summary>Room of a side.</summary>
    public const int LevelsMax = 1_024;

    public long FirstUpdateId;
    public long LastUpdateId;
    public long VenueTime;
    public long Checksum;
    public int BidCount;
    public int AskCount;

    /// <summary>The first <see cref="BidCount"/> are valid.</summary>
    public readonly Level[] Bids = new Level[LevelsMax];

    /// <summary>The first <see cref="AskCount"/> are valid.</summary>
    public readonly Level[] Asks = new Level[LevelsMax];
}
