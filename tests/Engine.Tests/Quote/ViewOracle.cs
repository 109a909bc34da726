using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Tests.Quote;

/// <summary>Views the obvious way: everything sorted, in integers without a bound.</summary>
internal static class ViewOracle
{
    /// <summary>All rows of a side with the fees in them, as text, best first.</summary>
    public static IEnumerable<string> Rank(
        Side side, IEnumerable<(long Price, long Quantity, int Member)> rows, IReadOnlyList<int> fees) =>
        rows.Select(row => (Price: WithFee(side, row.Price, row.Member, fees), Row: row))
            .OrderBy(ranked => side == Side.Bid ? -ranked.Price : ranked.Price)
            .ThenByDescending(static ranked => ranked.Row.Quantity)
            .ThenBy(static ranked => ranked.Row.Member)
            .Select(static ranked =>
                $"{ranked.Price} {ranked.Row.Price} {ranked.Row.Quantity} {ranked.Row.Member}");

    /// <summary>The rows of a view as the oracle writes them.</summary>
    public static string[] Text(ReadOnlySpan<ViewRow> rows)
    {
        var text = new string[rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            text[row] = $"{rows[row].Price} {rows[row].QuotedPrice} {rows[row].Quantity} {rows[row].Member}";
        }

        return text;
    }

    private static BigInteger WithFee(Side side, long price, int member, IReadOnlyList<int> fees) =>
        fees.Count == 0 ? price
        : side == Side.Ask ? new BigInteger(price) * (1_000_000 + fees[member])
        : new BigInteger(price) * (1_000_000 - fees[member]);
}
