using System.Buffers;
using System.Text.Json;
using LowLatencyQuoter.Feeds.Live;

namespace LowLatencyQuoter.Server.Health;

/// <summary>
/// The answer of <c>/readyz</c>: <c>{"ready":false,"reason":"...","books":[{"venue":...,"state":...}],
/// "venues":[{"venue":...,"connected":...}]}</c>.
/// </summary>
internal static class ReadinessReport
{
    /// <summary>Writes the report as JSON; returns whether the default instrument is ready.</summary>
    public static bool Write(Readiness readiness, IBufferWriter<byte> output)
    {
        var reason = readiness.WhyNot(readiness.Instruments.Default.Place);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteBoolean("ready"u8, reason is null);
        if (reason is not null)
        {
            json.WriteString("reason"u8, reason);
        }

        json.WriteStartArray("books"u8);
        for (var book = 0; book < readiness.Table.Definitions.Length; book++)
        {
            if (readiness.Table.IsListed(book))
            {
                WriteBook(json, readiness, book);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("venues"u8);
        foreach (var venue in readiness.Venues())
        {
            WriteVenue(json, venue);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return reason is null;
    }

    private static void WriteVenue(Utf8JsonWriter json, IVenueConnection venue)
    {
        var clock = venue.Clock;
        json.WriteStartObject();
        json.WriteString("venue"u8, venue.Venue);
        json.WriteBoolean("connected"u8, venue.IsConnected);
        json.WriteBoolean("redundant"u8, venue.IsRedundant);
        if (clock.IsKnown)
        {
            json.WriteNumber("clockOffsetMillis"u8, clock.OffsetNanos / 1e6);
            json.WriteNumber("clockUncertaintyMillis"u8, clock.UncertaintyNanos / 1e6);
        }

        json.WriteEndObject();
    }

    private static void WriteBook(Utf8JsonWriter json, Readiness readiness, int book)
    {
        var definition = readiness.Table.Definitions[book];
        json.WriteStartObject();
        json.WriteString("venue"u8, definition.Venue);
        json.WriteString("symbol"u8, definition.Symbol);
        json.WriteString("instrument"u8, readiness.Table.Instruments[definition.Instrument]);
        json.WriteString("state"u8, BookStateNames.Of(readiness.Table.Statuses[book].State));
        json.WriteEndObject();
    }
}
