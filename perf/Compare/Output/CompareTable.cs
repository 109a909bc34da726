using System;
using System.Globalization;
using LowLatencyQuoter.Perf.Report;
using Spectre.Console;

namespace LowLatencyQuoter.Perf.Compare.Output;

/// <summary>The outcome as a table.</summary>
internal static class CompareTable
{
    private const int WidthOffTerminal = 120;

    /// <summary>
    /// Writes the machine's line and the table to stdout, and behind it the machine's stalls beside each latency.
    /// </summary>
    public static void Write(CompareReport report, AllocationGate gate)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOffTerminal;
        }

        console.WriteLine(report.Machine.ToString());
        console.WriteLine(FormattableString.Invariant(
            $"medians of {report.Effort.Rounds} rounds taken in turns, [least..greatest]; a ratio above 1 means ours ")
            + "is better");
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("case").AddColumn("unit")
            .AddColumn(new TableColumn("ours").RightAligned())
            .AddColumn(new TableColumn("baseline").RightAligned())
            .AddColumn(new TableColumn("ratio").RightAligned())
            .AddColumn(new TableColumn("B/op").RightAligned());
        foreach (var result in report.Results)
        {
            var allocates = result.BytesPerOperation > gate.LimitOf(result.Case.Name);
            table.AddRow(
                new Text(result.Case.Name),
                new Text(result.Case.Unit),
                new Text(Side(result.Ours)),
                new Text(Side(result.Baseline)),
                new Text(Number(result.Ratio), result.Ratio < 1 ? new Style(Color.Red) : Style.Plain),
                new Text(Number(result.BytesPerOperation), allocates ? new Style(Color.Red) : Style.Plain));
        }

        console.Write(table);
        foreach (var result in report.Results)
        {
            if (result.Case.IsLatency)
            {
                Console.Out.WriteLine($"{result.Case.Name}: between its rounds, on the cores of its threads:");
                ReportText.WriteStalls(result.Stalls, Console.Out);
                Console.Out.WriteLine();
            }
        }
    }

    private static string Side(SideFigures figures) =>
        $"{Number(figures.Median)} [{Number(figures.Min)}..{Number(figures.Max)}]"
        + (figures.P99 is { } p99 ? $" p99 {Number(p99)}" : "");

    private static string Number(double value) => value switch
    {
        0 => "0",
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
