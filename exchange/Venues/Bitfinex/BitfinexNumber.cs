using System;
using System.Globalization;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>Numbers as the venue's JSON has them, which is as JavaScript prints them.</summary>
internal static class BitfinexNumber
{
    private const decimal LeastPlain = 0.000001m;

    /// <summary>The text of a scaled integer over zero: <c>57989</c>, <c>0.5</c>, <c>7.034e-7</c>.</summary>
    public static string Text(long scaled, int decimals)
    {
        var value = scaled / Pow10.Decimal(decimals);
        if (value >= LeastPlain)
        {
            return Plain(value);
        }

        var exponent = 0;
        for (; value < 1m; exponent++)
        {
            value *= 10m;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Plain(value)}e-{exponent}");
    }

    /// <summary>The row of a level: price, count of orders, amount, which is negative for asks.</summary>
    public static string Row(Listing listing, Side side, long ticks, long lots)
    {
        var sign = side == Side.Ask ? "-" : string.Empty;
        var price = Text(ticks, listing.PriceDecimals);
        if (lots == 0)
        {
            return $"[{price},0,{sign}1]";
        }

        var orders = Orders(ticks, lots);
        return string.Create(
            CultureInfo.InvariantCulture, $"[{price},{orders},{sign}{Text(lots, listing.QuantityDecimals)}]");
    }

    /// <summary>How many orders stand at a level; made up, the same for the same level.</summary>
    public static long Orders(long ticks, long lots) => Math.Min(lots, 1 + Math.Abs(((ticks * 31) + lots) % 9));

    private static string Plain(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);
}
