using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Replay;

namespace LowLatencyQuoter.Server.Replay;

/// <summary>A replay's report for people and for programs.</summary>
internal static class ReplayText
{
    /// <summary>One object on one line; its fields are a contract.</summary>
    public static string Json(ReplayReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("venue", report.Venue);
            writer.WriteStartArray("symbols");
            foreach (var book in report.Table.Definitions)
            {
                writer.WriteStringValue(book.Symbol);
            }

            writer.WriteEndArray();
            writer.WriteNumber("frames", report.Frames);
            writer.WriteNumber("depthEvents", report.DepthEvents);
            writer.WriteNumber("gaps", report.Gaps);
            writer.WriteNumber("unproven", report.Unproven);
            writer.WriteNumber("resyncs", report.Resyncs);
            writer.WriteNumber("decodeErrors", report.DecodeErrors);
            writer.WriteNumber("widened", report.Widened);
            writer.WriteNumber("crossed", report.Crossed);
            Ratio(writer, "checksums", "matched", report.ChecksumsChecked, report.ChecksumsMatched);
            Ratio(writer, "crossChecks", "equal", report.CrossChecks, report.CrossChecksEqual);
            writer.WriteNumber("quotes", report.Quotes);
            Books(writer, report);
            writer.WriteString("stateHash", report.StateHash);
            writer.WriteString("quoteHash", report.QuoteHash);
            writer.WriteNumber("elapsedMs", Math.Round(report.ElapsedMillis, 3));
            writer.WriteNumber("allocatedBytesPerEvent", Math.Round(report.AllocatedBytesPerEvent, 3));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Several lines.</summary>
    public static string Plain(ReplayReport report)
    {
        var text = new StringBuilder();
        var rate = report.Frames / Math.Max(1e-9, report.ElapsedMillis / 1e3);
        text.Append(FormattableString.Invariant(
            $"{report.Venue}: {report.Frames} frames, {report.DepthEvents} depth events, {report.Quotes} quotes"));
        text.Append(FormattableString.Invariant($" in {report.ElapsedMillis:0.0} ms ({rate:#,0} frames/s)\n"));
        text.Append(FormattableString.Invariant(
            $"  gaps {report.Gaps}, resyncs {report.Resyncs}, decode errors {report.DecodeErrors}"));
        text.Append(FormattableString.Invariant($", widened {report.Widened}, crossed {report.Crossed}\n"));
        if (report.Unproven != 0)
        {
            text.Append(FormattableString.Invariant(
                $"  chain unchecked: {report.Unproven} updates came without the ids that would prove it\n"));
        }

        text.Append(FormattableString.Invariant(
            $"  checksums {report.ChecksumsMatched} of {report.ChecksumsChecked} match"));
        text.Append(FormattableString.Invariant(
            $", cross checks {report.CrossChecksEqual} of {report.CrossChecks} equal\n"));
        text.Append(FormattableString.Invariant(
            $"  {report.AllocatedBytesPerEvent:0.###} bytes allocated per event\n"));
        for (var book = 0; book < report.Books.Count; book++)
        {
            var (bid, ask) = Tops(report, book);
            text.Append("  ").Append(report.Table.Definitions[book].Symbol.PadRight(12)).Append(' ')
                .Append(report.Table.Statuses[book].State.ToString().PadRight(12)).Append(' ')
                .Append(bid is { } b ? $"{b.Price} x {b.Amount}" : "-").Append(" | ")
                .Append(ask is { } a ? $"{a.Price} x {a.Amount}" : "-")
                .Append(FormattableString.Invariant(
                    $"  ({report.Books[book].Bids.Count} bids, {report.Books[book].Asks.Count} asks)\n"));
        }

        text.Append("  state ").Append(report.StateHash).Append('\n');
        text.Append("  quotes ").Append(report.QuoteHash);
        return text.ToString();
    }

    private static void Ratio(Utf8JsonWriter writer, string name, string good, long of, long value)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("checked", of);
        writer.WriteNumber(good, value);
        writer.WriteEndObject();
    }

    private static void Books(Utf8JsonWriter writer, ReplayReport report)
    {
        writer.WriteStartArray("books");
        for (var book = 0; book < report.Books.Count; book++)
        {
            var (bid, ask) = Tops(report, book);
            writer.WriteStartObject();
            writer.WriteString("symbol", report.Table.Definitions[book].Symbol);
            writer.WriteString("venue", report.Table.Definitions[book].Venue);
            writer.WriteString("state", StateName(report.Table.Statuses[book].State));
            Top(writer, "bestBid", bid);
            Top(writer, "bestAsk", ask);
            writer.WriteNumber("bids", report.Books[book].Bids.Count);
            writer.WriteNumber("asks", report.Books[book].Asks.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string StateName(BookState state) => state.ToString().ToLowerInvariant();

    private static void Top(Utf8JsonWriter writer, string name, (string Price, string Amount)? top)
    {
        if (top is not { } level)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        writer.WriteStringValue(level.Price);
        writer.WriteStringValue(level.Amount);
        writer.WriteEndArray();
    }

    private static ((string Price, string Amount)? Bid, (string Price, string Amount)? Ask) Tops(
        ReplayReport report, int index)
    {
        var book = report.Books[index];
        return (Text(book.Bids, book), Text(book.Asks, book));
    }

    private static (string Price, string Amount)? Text(IReadOnlyList<Level> levels, BookCopy book) =>
        levels.Count != 0
            ? (
                ScaledText.Format(levels[0].Price, book.PriceScale),
                ScaledText.Format(levels[0].Quantity, book.QuantityScale))
            : null;
}
