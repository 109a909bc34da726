using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Client.Formatting;

namespace LowLatencyQuoter.Client.Health;

/// <summary>Reads the JSON of the server's events <c>hello</c> and <c>status</c>.</summary>
internal static class StatusJson
{
    /// <summary>The instruments of a <c>hello</c>.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    /// <exception cref="KeyNotFoundException">It lacks a field.</exception>
    public static IReadOnlyList<string> Instruments(string hello)
    {
        using var json = JsonDocument.Parse(hello);
        var names = new List<string>();
        foreach (var name in json.RootElement.GetProperty("instruments").EnumerateArray())
        {
            names.Add(Printable.Line(name.GetString()!));
        }

        return names;
    }

    /// <summary>What a <c>status</c> says.</summary>
    /// <inheritdoc cref="Instruments" path="/exception"/>
    public static MarketHealth Health(string status, IReadOnlyList<string> instruments)
    {
        using var json = JsonDocument.Parse(status);
        var root = json.RootElement;
        var venues = new List<VenueHealth>();
        foreach (var venue in root.GetProperty("venues").EnumerateArray())
        {
            venues.Add(new VenueHealth(
                Printable.Line(venue.GetProperty("venue").GetString()!),
                Printable.Line(venue.GetProperty("state").GetString()!),
                Number(venue, "ageMillis"),
                Number(venue, "messagesPerSecond"),
                Printable.Line(venue.GetProperty("gaps").GetString()!),
                Number(venue, "p99Micros")));
        }

        var latency = root.GetProperty("latency");
        return new MarketHealth(
            Printable.Line(root.GetProperty("symbol").GetString()!),
            instruments,
            venues,
            Curve(latency.GetProperty("recent")),
            Curve(latency.GetProperty("total")));
    }

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var number) ? number.GetDouble() : null;

    private static List<LatencyPoint> Curve(JsonElement points)
    {
        var curve = new List<LatencyPoint>();
        foreach (var point in points.EnumerateArray())
        {
            curve.Add(new LatencyPoint(
                point.GetProperty("percentile").GetDouble(), point.GetProperty("micros").GetDouble()));
        }

        return curve;
    }
}
