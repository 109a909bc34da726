using System;
using System.Text.Json;
using System.Threading;
using LowLatencyQuoter.Server.Health;
using LowLatencyQuoter.Server.Membership;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// The event <c>status</c>, once a second whatever happens, so that silence means a broken connection: health of the
/// venues of an instrument, and latencies from message to quote. Fields: docs/page.md.
/// </summary>
internal static class StatusEvent
{
    /// <summary>The event's name.</summary>
    public const string Name = "status";

    private const double NanosPerMicro = 1e3;
    private const double NanosPerMilli = 1e6;

    /// <summary>Percentiles of the latency curve; 100 is the longest.</summary>
    private static ReadOnlySpan<double> Percentiles => [50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 100];

    /// <summary>Writes the status of an instrument.</summary>
    /// <param name="json">Receives one object.</param>
    /// <param name="parts">Where the figures are.</param>
    /// <param name="seat">The instrument.</param>
    public static void Write(Utf8JsonWriter json, PageParts parts, InstrumentSeat seat)
    {
        var now = parts.NowNanos();
        json.WriteStartObject();
        json.WriteString("symbol"u8, seat.Name);
        json.WriteString("time"u8, Text.Number(now + parts.UnixOffsetNanos()));
        json.WriteString("quotes"u8, Text.Number(parts.Quotes[seat.Place].Cursor + 1 - seat.QuotesBefore));
        json.WriteStartArray("venues"u8);
        foreach (var (book, definition) in parts.Table.BooksOf(seat.Place))
        {
            WriteVenue(json, parts, book, definition.Venue, now);
        }

        json.WriteEndArray();
        WriteLatency(json, parts, seat.Place);
        json.WriteEndObject();
    }

    private static void WriteVenue(Utf8JsonWriter json, PageParts parts, int book, string venue, long now)
    {
        var status = parts.Table.Statuses[book];
        var latency = parts.Figures.Latencies.OfBook(book);
        json.WriteStartObject();
        json.WriteString("venue"u8, venue);
        json.WriteString("state"u8, BookStateNames.Of(status.State));
        WriteAge(json, "stateMillis"u8, now, Volatile.Read(ref status.StateSinceNanos));
        WriteAge(json, "ageMillis"u8, now, Volatile.Read(ref status.LastReceivedNanos));
        if (parts.Figures.MessagesPerSecond(venue) is { } rate)
        {
            json.WriteNumber("messagesPerSecond"u8, Math.Round(rate, 1));
        }

        json.WriteString("gaps"u8, Text.Number(Volatile.Read(ref status.Gaps)));
        json.WriteString("resyncs"u8, Text.Number(Volatile.Read(ref status.Resyncs)));
        if (latency.Count != 0)
        {
            json.WriteNumber("p50Micros"u8, latency.P50 / NanosPerMicro);
            json.WriteNumber("p99Micros"u8, latency.P99 / NanosPerMicro);
        }

        json.WriteEndObject();
    }

    /// <summary>What has not happened yet has no age.</summary>
    private static void WriteAge(Utf8JsonWriter json, ReadOnlySpan<byte> name, long now, long since)
    {
        if (since != 0)
        {
            json.WriteNumber(name, Math.Round(Math.Max(now - since, 0) / NanosPerMilli, 1));
        }
    }

    private static void WriteLatency(Utf8JsonWriter json, PageParts parts, int instrument)
    {
        Span<long> recent = stackalloc long[Percentiles.Length];
        Span<long> total = stackalloc long[Percentiles.Length];
        parts.Figures.Latencies.Percentiles(instrument, Percentiles, recent, total);
        json.WriteStartObject("latency"u8);
        WriteCurve(json, "recent"u8, recent);
        WriteCurve(json, "total"u8, total);
        json.WriteEndObject();
    }

    private static void WriteCurve(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<long> nanos)
    {
        json.WriteStartArray(name);
        for (var index = 0; nanos[^1] != 0 && index < nanos.Length; index++)
        {
            json.WriteStartObject();
            json.WriteNumber("percentile"u8, Percentiles[index]);
            json.WriteNumber("micros"u8, nanos[index] / NanosPerMicro);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
