using System.Collections.Generic;
using System.Globalization;
using System.Text;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>
/// Signed CRC-32 of up to 25 levels a side by turns, <c>bidPrice:bidSize:askPrice:askSize:...</c>, of the numbers as
/// they are sent; a shorter side is left out.
/// </summary>
internal static class OkxChecksum
{
    private const int Levels = 25;

    /// <summary>The checksum of what subscribers hold.</summary>
    public static int Of(Listing listing, DepthWindow bids, DepthWindow asks)
    {
        var text = new StringBuilder();
        for (var rank = 0; rank < Levels; rank++)
        {
            Append(text, listing, bids.Held, rank);
            Append(text, listing, asks.Held, rank);
        }

        return unchecked((int)~Crc32.Append(Crc32.Start, Encoding.ASCII.GetBytes(text.ToString())));
    }

    private static void Append(
        StringBuilder text, Listing listing, IReadOnlyList<(long Ticks, long Lots)> side, int rank)
    {
        if (rank < side.Count)
        {
            text.Append(text.Length == 0 ? "" : ":").Append(Text(side[rank].Ticks, listing.PriceDecimals))
                .Append(':').Append(Text(side[rank].Lots, listing.QuantityDecimals));
        }
    }

    private static string Text(long scaled, int decimals) => (scaled / Pow10.Decimal(decimals)).ToString(
        "0.##################", CultureInfo.InvariantCulture);
}
