using System;
using System.Collections.Generic;
using Google.Protobuf.Collections;
using LowLatencyQuoter.Client.Formatting;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>The levels of one side that are shown, best first.</summary>
/// <param name="Rows">The levels.</param>
/// <param name="Cumulative">Amount of all of them.</param>
internal sealed record LadderSide(IReadOnlyList<LadderRow> Rows, double Cumulative)
{
    /// <summary>Takes the best levels of a side.</summary>
    public static LadderSide Of(RepeatedField<Level> levels, int most)
    {
        var rows = new LadderRow[Math.Min(levels.Count, most)];
        var cumulative = 0.0;
        for (var index = 0; index < rows.Length; index++)
        {
            var level = levels[index];
            cumulative += level.Amount;
            rows[index] = new LadderRow(Printable.Line(level.Exchange), level.Price, level.Amount, cumulative);
        }

        return new LadderSide(rows, cumulative);
    }
}
