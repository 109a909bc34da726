using System;
using LowLatencyQuoter.Client.Formatting;
using Spectre.Console;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// The ladder's columns: their widths and digits, which grow and never shrink, and which of them fit a window.
/// </summary>
internal sealed class LadderColumns
{
    private const int Gap = 2;

    private bool _hasMark;
    private int _venueWidth = "spread CROSSED".Length;
    private int _priceWidth = 10;
    private int _amountWidth = 12;

    /// <summary>Digits after the point of prices.</summary>
    public int PriceDecimals { get; private set; }

    /// <summary>Digits after the point of amounts.</summary>
    public int AmountDecimals { get; private set; }

    /// <summary>Makes room for a side.</summary>
    public void Fit(LadderSide side)
    {
        foreach (var row in side.Rows)
        {
            PriceDecimals = Math.Max(PriceDecimals, NumberText.Decimals(row.Price));
            AmountDecimals = Math.Max(AmountDecimals, NumberText.Decimals(row.Amount));
        }

        foreach (var row in side.Rows)
        {
            _venueWidth = Math.Max(_venueWidth, row.Venue.Length + (_hasMark ? 1 : 0));
            _priceWidth = Math.Max(_priceWidth, NumberText.Fixed(row.Price, PriceDecimals).Length);
            _amountWidth = Math.Max(_amountWidth, NumberText.Fixed(row.Cumulative, AmountDecimals).Length);
        }
    }

    /// <summary>Makes room for a mark before the longest venue's name.</summary>
    public void FitMark()
    {
        if (!_hasMark)
        {
            _hasMark = true;
            _venueWidth++;
        }
    }

    /// <summary>An empty table with as many columns as fit; venue, price and amount always stay.</summary>
    public Table Table(int width)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        Add(table, "venue", _venueWidth, Justify.Left);
        Add(table, "price", _priceWidth, Justify.Right);
        Add(table, "amount", _amountWidth, Justify.Right);
        var used = _venueWidth + _priceWidth + _amountWidth + (3 * Gap);
        if (used + _amountWidth + Gap <= width)
        {
            used += _amountWidth + Gap;
            Add(table, "cumulative", _amountWidth, Justify.Right);
            if (used + LadderBar.Width + Gap <= width)
            {
                Add(table, "", LadderBar.Width, Justify.Left);
            }
        }

        return table;
    }

    private static void Add(Table table, string title, int width, Justify alignment) => table.AddColumn(
        new TableColumn(new Text(title, new Style(decoration: Decoration.Dim)))
        {
            Width = width,
            NoWrap = true,
            Padding = new Padding(0, 0, Gap, 0),
            Alignment = alignment,
        });
}
