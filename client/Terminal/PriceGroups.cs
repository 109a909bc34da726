using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// Levels brought together on coarser prices: bids down, asks up, so that no group promises a better price than it has.
/// </summary>
internal static class PriceGroups
{
    /// <summary>
    /// The step of a grouping: 1, 2, 5, 10, ... times the finest digit; 0 for none.
    /// </summary>
    /// <param name="group">Number of the grouping, from 1.</param>
    /// <param name="decimals">Digits after the point of the prices.</param>
    public static decimal Step(int group, int decimals)
    {
        if (group == 0)
        {
            return 0;
        }

        var step = ((group - 1) % 3) switch
        {
            0 => 1m,
            1 => 2m,
            _ => 5m,
        };
        for (var power = (group - 1) / 3 - decimals; power != 0; power -= Math.Sign(power))
        {
            step = power > 0 ? step * 10 : step / 10;
        }

        return step;
    }

    /// <summary>The side with its levels brought together; the side itself when the step is 0.</summary>
    /// <param name="side">Best level first.</param>
    /// <param name="step">Of the prices.</param>
    /// <param name="isAsk">Prices of asks go up, those of bids down.</param>
    public static LadderSide Of(LadderSide side, decimal step, bool isAsk)
    {
        if (step == 0)
        {
            return side;
        }

        var rows = new List<LadderRow>();
        foreach (var row in side.Rows)
        {
            if (!TryRound(row.Price, step, isAsk, out var price))
            {
                return side;   // a number beyond decimals cannot be grouped exactly
            }

            if (rows.Count != 0 && rows[^1].Price.Equals(price))
            {
                var last = rows[^1];
                rows[^1] = new LadderRow(
                    last.Venue == row.Venue ? last.Venue : "several", price, last.Amount + row.Amount, row.Cumulative);
            }
            else
            {
                rows.Add(row with { Price = price });
            }
        }

        return side with { Rows = rows };
    }

    private static bool TryRound(double price, decimal step, bool isAsk, out double rounded)
    {
        rounded = 0;
        if (!(Math.Abs(price) < 1e15))
        {
            return false;
        }

        var steps = (decimal)price / step;
        rounded = (double)((isAsk ? decimal.Ceiling(steps) : decimal.Floor(steps)) * step);
        return true;
    }
}
