using System.Text.Json;
using LowLatencyQuoter.Server.Membership;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// The event <c>hello</c>: what there is. First of every stream, and again when instruments come or go. Fields:
/// docs/page.md.
/// </summary>
internal static class HelloEvent
{
    /// <summary>The event's name.</summary>
    public const string Name = "hello";

    /// <summary>The shape of all events; grows when a field changes its meaning, not when one is added.</summary>
    private const int Protocol = 1;

    /// <summary>Writes it.</summary>
    /// <param name="json">Receives one object.</param>
    /// <param name="parts">What there is.</param>
    /// <param name="seat">The instrument that is streamed.</param>
    /// <param name="levels">Rows a side that the client gets at most.</param>
    /// <param name="levelsMax">Rows a side that it could get.</param>
    public static void Write(Utf8JsonWriter json, PageParts parts, InstrumentSeat seat, int levels, int levelsMax)
    {
        json.WriteStartObject();
        json.WriteNumber("protocol"u8, Protocol);
        json.WriteString("epoch"u8, parts.Epoch);
        json.WriteString("symbol"u8, seat.Name);
        json.WriteNumber("levels"u8, levels);
        json.WriteNumber("levelsMax"u8, levelsMax);
        json.WriteNumber("paceMillis"u8, (int)EventStream.Pace.TotalMilliseconds);
        json.WriteStartArray("instruments"u8);
        foreach (var instrument in parts.Instruments.Seats)
        {
            json.WriteStringValue(instrument.Name);
        }

        json.WriteEndArray();
        json.WriteStartArray("venues"u8);
        foreach (var (_, definition) in parts.Table.BooksOf(seat.Place))
        {
            json.WriteStringValue(definition.Venue);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
