using System.Collections.Generic;
using System.Globalization;
using System.Text;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Health;
using Spectre.Console;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>The panes of venues' health and of latencies, as lines of text with a style each.</summary>
internal static class HealthPane
{
    private static readonly Style Title = new(decoration: Decoration.Dim);
    private static readonly Style Doubtful = new(Color.Yellow);

    /// <summary>One line a venue, behind a title; the reason when nothing is known.</summary>
    public static IReadOnlyList<(string Text, Style Style)> Venues(MarketHealth? health, string? failure)
    {
        var lines = new List<(string, Style)>();
        if (failure is not null || health is null)
        {
            lines.Add(($"venues: {failure ?? "waiting for their health"}", Doubtful));
        }

        if (health is null)
        {
            return lines;
        }

        lines.Add((Row("venue", "state", "age", "msg/s", "gaps", "p99"), Title));
        foreach (var venue in health.Venues)
        {
            lines.Add((
                Row(
                    venue.Venue,
                    venue.State,
                    venue.AgeMillis is { } age ? Age(age) : "-",
                    venue.MessagesPerSecond is { } rate ? NumberText.Fixed(rate, 1) : "-",
                    venue.Gaps,
                    venue.P99Micros is { } micros ? Micros(micros) : "-"),
                venue.IsLive ? Style.Plain : Doubtful));
        }

        return lines;
    }

    /// <summary>Latencies from message to quote: the last seconds, and all since the start.</summary>
    public static IReadOnlyList<(string Text, Style Style)> Latency(MarketHealth? health, string? failure)
    {
        if (health is null || health.Total.Count == 0)
        {
            return [($"latency: {failure ?? "nothing measured yet"}", Doubtful)];
        }

        return
        [
            ("latency from message to quote", Title),
            (Curve("last 10 s", health.Recent), Style.Plain),
            (Curve("since start", health.Total), Style.Plain),
        ];
    }

    private static string Row(params string[] cells) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cells[0],-17} {cells[1],-12} {cells[2],8} {cells[3],8} {cells[4],5} {cells[5],8}");

    private static string Curve(string name, IReadOnlyList<LatencyPoint> points)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{name,-12}");
        foreach (var point in points)
        {
            if (point.Percentile is 50 or 90 or 99 or 99.9)
            {
                line.Append(CultureInfo.InvariantCulture, $" p{point.Percentile} {Micros(point.Micros)} ");
            }
            else if (point.Percentile == 100)
            {
                line.Append(CultureInfo.InvariantCulture, $" max {Micros(point.Micros)}");
            }
        }

        return line.ToString();
    }

    private static string Age(double millis) =>
        millis < 1_000 ? NumberText.Fixed(millis, 0) + " ms" : NumberText.Fixed(millis / 1_000, 1) + " s";

    // Written with u, since not every terminal has the letter mu.
    private static string Micros(double micros) => micros switch
    {
        < 10 => NumberText.Fixed(micros, 1) + " us",
        < 1_000 => NumberText.Fixed(micros, 0) + " us",
        < 1e6 => NumberText.Fixed(micros / 1e3, 1) + " ms",
        _ => NumberText.Fixed(micros / 1e6, 1) + " s",
    };
}
