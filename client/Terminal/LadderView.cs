using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Google.Protobuf.Collections;
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
    private const int LevelsLeft = 2;           // panes below leave room for the best level of each side
    private const int LadderWidth = 78;
    private const int PaneWidth = 66;

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
        var panes = Panes(frame);
        var isBeside = panes.Count != 0 && width >= LadderWidth + PaneWidth;
        var below = isBeside ? 0 : Math.Min(panes.Count, Math.Max(height - LinesBesidesLevels - LevelsLeft, 0));
        var sweep = frame.Quote is { } quote ? Sweep.Of(quote, frame.Choice.Cursor) : null;
        var lines = LinesBesidesLevels + below + (sweep is null ? 0 : 1);
        var body = Body(frame, sweep, isBeside ? LadderWidth : width, (height - lines) / 2);
        List<IRenderable> picture = [Header(frame)];
        picture.Add(isBeside ? new Beside(body, new Rows(panes), LadderWidth) : body);
        if (sweep is { } taken)
        {
            picture.Add(Line(Words(taken), new Style(decoration: Decoration.Bold)));
        }

        picture.AddRange(panes.Take(below));
        picture.Add(Line(Keys(width), new Style(decoration: Decoration.Dim)));
        _console.Write(new Cropped(new Rows(picture), height));
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    /// <summary>As many keys as fit, in whole words.</summary>
    private static string Keys(int width)
    {
        string[] variants =
        [
            "s symbol  d depth  +/- group  up/down sweep  v venues  l latency  p pause  q quits",
            "s symbol  d depth  +/- group  v venues  l latency  q quits",
            "q quits",
        ];
        return variants.FirstOrDefault(variant => variant.Length <= width) ?? variants[^1];
    }

    private static List<IRenderable> Panes(LadderFrame frame)
    {
        var lines = new List<(string Text, Style Style)>();
        if (frame.Choice.ShowsVenues)
        {
            lines.AddRange(HealthPane.Venues(frame.Health, frame.HealthFailure));
        }

        if (frame.Choice.ShowsLatency)
        {
            lines.AddRange(HealthPane.Latency(frame.Health, frame.HealthFailure));
        }

        return [.. lines.Select(static line => Line(line.Text, line.Style))];
    }

    private string Words(Sweep sweep) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(sweep.IsBuy ? "buying" : "selling")} {NumberText.Fixed(sweep.Amount, _columns.AmountDecimals)} "
        + $"over {sweep.Levels} levels: {NumberText.Fixed(sweep.Cost, 2)}, average "
        + $"{NumberText.Fixed(sweep.Average, _columns.PriceDecimals + 1)}, "
        + $"{NumberText.Fixed(sweep.BasisPoints, 2)} bps from the best");

    private static Text Header(LadderFrame frame)
    {
        var numbers = $"{NumberText.Fixed(frame.QuotesPerSecond, 0)} quotes/s  {NumberText.Count(frame.Quotes)} quotes";
        var symbol = frame.Symbol is null ? "" : frame.Symbol + "  ";
        var paused = frame.Choice.IsPaused ? "PAUSED  " : "";
        var style = frame.IsLive && !frame.Choice.IsPaused
            ? new Style(decoration: Decoration.Bold)
            : new Style(Color.Yellow);
        return Line($"{frame.Server}  {symbol}{paused}{frame.State}  {numbers}", style);
    }

    private IRenderable Body(LadderFrame frame, Sweep? sweep, int width, int levelsPerSide)
    {
        if (frame.Quote is not { } quote)
        {
            return Line("waiting for the first quote", Style.Plain);
        }

        var most = Math.Max(levelsPerSide, 1);
        most = frame.Choice.Depth == 0 ? most : Math.Min(most, frame.Choice.Depth);
        var asks = Side(quote.Asks, most, frame.Choice.Group, isAsk: true);
        var bids = Side(quote.Bids, most, frame.Choice.Group, isAsk: false);
        var deepest = Math.Max(asks.Cumulative, bids.Cumulative);
        _columns.Fit(asks);
        _columns.Fit(bids);
        var marked = (Ask: Marked(asks, sweep, isAsk: true), Bid: Marked(bids, sweep, isAsk: false));
        var table = _columns.Table(width);
        for (var index = asks.Rows.Count - 1; index >= 0; index--)
        {
            AddLevel(table, asks.Rows[index], deepest, LevelStyle(Color.Red, frame), index == marked.Ask);
        }

        AddSpread(table, quote);
        for (var index = 0; index < bids.Rows.Count; index++)
        {
            AddLevel(table, bids.Rows[index], deepest, LevelStyle(Color.Green, frame), index == marked.Bid);
        }

        return table;
    }

    /// <summary>The levels to show, brought together where the user wants that.</summary>
    private LadderSide Side(RepeatedField<Level> levels, int most, int group, bool isAsk)
    {
        if (group == 0)
        {
            return LadderSide.Of(levels, most);
        }

        var whole = LadderSide.Of(levels, levels.Count);
        _columns.Fit(whole);
        var grouped = PriceGroups.Of(whole, PriceGroups.Step(group, _columns.PriceDecimals), isAsk);
        var rows = grouped.Rows.Take(most).ToArray();
        return new LadderSide(rows, rows.Length == 0 ? 0 : rows[^1].Cumulative);
    }

    /// <summary>The row at which the sweep ends; -1 when it is not shown, or on the other side.</summary>
    private int Marked(LadderSide side, Sweep? sweep, bool isAsk)
    {
        if (sweep is not { } taken || taken.IsBuy != isAsk)
        {
            return -1;
        }

        _columns.FitMark();
        for (var index = 0; index < side.Rows.Count; index++)
        {
            if (side.Rows[index].Cumulative >= taken.Amount)
            {
                return index;
            }
        }

        return -1;
    }

    private void AddLevel(Table table, LadderRow row, double deepest, Style style, bool isMarked) => Add(
        table,
        isMarked ? style.Decoration(Decoration.Invert) : style,
        isMarked ? ">" + row.Venue : row.Venue,
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
