using System.Buffers;
using System.Text.Json;

namespace LowLatencyQuoter.Server.Health;

/// <summary>
/// The answer of <c>/readyz</c>: <c>{"ready":false,"reason":"...","books":[{"venue":...,"state":...}]}</c>.
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
        json.WriteEndObject();
        return reason is null;
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
