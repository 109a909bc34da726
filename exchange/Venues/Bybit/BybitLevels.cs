using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>The two sides of one message.</summary>
/// <param name="Bids">Ticks and lots, best first.</param>
/// <param name="Asks">Ticks and lots, best first.</param>
internal readonly record struct BybitLevels(
    IEnumerable<(long Ticks, long Lots)> Bids, IEnumerable<(long Ticks, long Lots)> Asks)
{
    /// <summary>Writes the symbol and both sides into the object under way.</summary>
    public void Write(FrameWriter writer, Listing listing)
    {
        writer.Json.WriteString("s"u8, listing.Symbol);
        writer.Json.WritePropertyName("b"u8);
        writer.StrippedRows(Bids, listing);
        writer.Json.WritePropertyName("a"u8);
        writer.StrippedRows(Asks, listing);
    }
}
