using System;
using System.Collections.Generic;
using System.Globalization;
using Google.Protobuf.Collections;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Quote;
using Orderbook;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>
/// The plain way from a quote to a message: decimal text, the runtime's parser, Google's protobuf types.
/// </summary>
internal static class GoldenSummary
{
    public static Summary Of(QuoteReader quote, IReadOnlyList<BookDefinition> books)
    {
        var summary = new Summary { Spread = Number(quote.Spread, quote.Header.PriceScale) };
        AddRows(summary.Bids, quote.Bids, ref quote.Header, books);
        AddRows(summary.Asks, quote.Asks, ref quote.Header, books);
        return summary;
    }

    public static double Number(long mantissa, int scale) =>
        double.Parse(Text(mantissa, scale), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(long mantissa, int scale)
    {
        var digits = Int128.Abs(mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(mantissa < 0 ? "-" : string.Empty)}{digits[..^scale]}.{digits[^scale..]}";
    }

    private static void AddRows(
        RepeatedField<Level> levels,
        ReadOnlySpan<QuoteRow> rows,
        ref QuoteHeader header,
        IReadOnlyList<BookDefinition> books)
    {
        foreach (ref readonly var row in rows)
        {
            levels.Add(new Level
            {
                Exchange = books[header.Member(row.Member).Book].Venue,
                Price = Number(row.Price, header.PriceScale),
                Amount = Number(row.Quantity, header.QuantityScale),
            });
        }
    }
}
