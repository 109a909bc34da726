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
        Rows(writer, "b", Bids, listing);
        Rows(writer, "a", Asks, listing);
    }

    private static void Rows(
        FrameWriter writer, string name, IEnumerable<(long Ticks, long Lots)> levels, Listing listing)
    {
        writer.Json.WriteStartArray(name);
        foreach (var (ticks, lots) in levels)
        {
            writer.Json.WriteStartArray();
            writer.StrippedString(ticks, listing.PriceDecimals);
            writer.StrippedString(lots, listing.QuantityDecimals);
            writer.Json.WriteEndArray();
        }

        writer.Json.WriteEndArray();
    }
}
