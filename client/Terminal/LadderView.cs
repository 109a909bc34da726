using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Quotes;
using Orderbook;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// Draws a frame as lines of text: asks above with the best nearest the middle, the spread, bids below. Column widths
/// and digits only grow from frame to frame, so that numbers keep their place. One thread at a time.
/// </summary>
internal sealed class LadderView
{
    private const int LinesBesidesLevels = 4;   // header, titles, spread, keys

    private readonly IAnsiConsole _console;
    private readonly LadderColumns _columns;
    private readonly LadderBar _bar;

    /// <summary>Makes a view for one kind of terminal.</summary>
    public LadderView(TerminalTraits traits)
    {
        _columns = new LadderColumns();
        _bar = new LadderBar(traits.Unicode);
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = traits.Colors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = traits.Colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(TextWriter.Null),
        });
        _console.Profile.Capabilities.Unicode = traits.Unicode;
    }

    /// <summary>Draws for a window of the given size, each at least 1; never more lines than its height.</summary>
    public IReadOnlyList<string> Render(LadderFrame frame, int width, int height)
    {
        using var text = new StringWriter();
        _console.Profile.Out = new AnsiConsoleOutput(text);
        _console.Profile.Width = width;
        _console.Profile.Height = height;
        var picture = new Rows(
            Header(frame),
            Body(frame, width, (height - LinesBesidesLevels) / 2),
            Line("q quits", new Style(decoration: Decoration.Dim)));
        _console.Write(new Cropped(picture, height));
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    private static Text Header(LadderFrame frame)
    {
        var numbers = $"{NumberText.Fixed(frame.QuotesPerSecond, 0)} quotes/s  {NumberText.Count(frame.Quotes)} quotes";
        var style = frame.IsLive ? new Style(decoration: Decoration.Bold) : new Style(Color.Yellow);
        return Line($"{frame.Server}  {frame.State}  {numbers}", style);
    }

    private IRenderable Body(LadderFrame frame, int width, int levelsPerSide)
    {
        if (frame.Quote is not { } quote)
        {
            return Line("waiting for the first quote", Style.Plain);
        }

        var asks = LadderSide.Of(quote.Asks, Math.Max(levelsPerSide, 1));
        var bids = LadderSide.Of(quote.Bids, Math.Max(levelsPerSide, 1));
        var deepest = Math.Max(asks.Cumulative, bids.Cumulative);
        _columns.Fit(asks);
        _columns.Fit(bids);
        var table = _columns.Table(width);
        foreach (var row in asks.Rows.Reverse())
        {
            AddLevel(table, row, deepest, LevelStyle(Color.Red, frame));
        }

        AddSpread(table, quote);
        foreach (var row in bids.Rows)
        {
            AddLevel(table, row, deepest, LevelStyle(Color.Green, frame));
        }

        return table;
    }

    private void AddLevel(Table table, LadderRow row, double deepest, Style style) => Add(
        table,
        style,
        row.Venue,
        NumberText.Fixed(row.Price, _columns.PriceDecimals),
        NumberText.Fixed(row.Amount, _columns.AmountDecimals),
        NumberText.Fixed(row.Cumulative, _columns.AmountDecimals),
        _bar.Draw(row.Cumulative, deepest));

    private void AddSpread(Table table, Summary quote)
    {
        var spread = Spread.Of(quote);
        var absolute = spread is { } known ? NumberText.Fixed(known.Absolute, _columns.PriceDecimals) : "-";
        var basisPoints = spread?.BasisPoints is { } points ? NumberText.Fixed(points, 2) + " bps" : "-";
        var (name, style) = spread switch
        {
            null => ("one side empty", new Style(Color.Yellow)),
            { IsCrossed: true } => ("spread CROSSED", new Style(Color.Yellow, decoration: Decoration.Bold)),
            { IsLocked: true } => ("spread locked", new Style(Color.Yellow)),
            _ => ("spread", new Style(decoration: Decoration.Bold)),
        };
        Add(table, style, name, absolute, basisPoints, "", "");
    }

    private static void Add(Table table, Style style, params string[] cells) =>
        table.AddRow(cells.Take(table.Columns.Count).Select(cell => Line(cell, style)));

    private static Style LevelStyle(Color color, LadderFrame frame) =>
        new(color, decoration: frame.IsLive ? Decoration.None : Decoration.Dim);

    private static Text Line(string text, Style style) => new(text, style);
}
