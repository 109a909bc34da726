namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>What can be asked for with <c>conf</c>; the venue's bits (step 3).</summary>
internal static class BitfinexFlags
{
    /// <summary>Each array ends with the venue's time in milliseconds.</summary>
    public const long Timestamp = 32_768;

    /// <summary>Each array ends with a number that rises by 1, behind which only the time may stand.</summary>
    public const long Sequence = 65_536;

    /// <summary>Checksums of books.</summary>
    public const long Checksum = 131_072;

    /// <summary>An update is an array of rows, as a snapshot is.</summary>
    public const long BulkUpdates = 536_870_912;
}
