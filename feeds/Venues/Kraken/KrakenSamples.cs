using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Kraken;

/// <summary>Prints as Kraken does: numbers, snapshots on the socket, a checksum with each message.</summary>
internal sealed class KrakenSamples : ISamplePrinter
{
    private const int ChecksumLevels = 10;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) =>
        Frame(book, "snapshot", Rows(book, book.Bids), Rows(book, book.Asks), Checksum(book));

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => Frame(
        book,
        "update",
        Rows(book, SampleText.Of(changes, Side.Bid)),
        Rows(book, SampleText.Of(changes, Side.Ask)),
        Checksum(book));

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return """{"channel":"heartbeat"}""";
        yield return """{"channel":"status","type":"update","data":[{"system":"online","version":"2.0.0"}]}""";
        yield return """{"method":"pong","req_id":1,"time_in":"2026-08-01T02:53:53.646219Z"}""";
        yield return Text(
            $$$"""{"method":"subscribe","result":{"channel":"book","depth":100,"snapshot":true,"symbol":"{{{book.Symbol}}}"},"success":true}""");
        yield return """{"error":"Subscription depth not supported","method":"subscribe","success":false}""";
        yield return Frame(book, "update", "", "", unchecked(Checksum(book) + 1));
    }

    private static string Frame(SampleBook book, string type, string bids, string asks, uint checksum)
    {
        var micros = (book.UpdateId % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        return Text(
            $$"""{"channel":"book","type":"{{type}}","data":[{"symbol":"{{book.Symbol}}","bids":[{{bids}}],"asks":[{{asks}}],"checksum":{{checksum}},"timestamp":"2026-08-01T02:53:53.{{micros}}Z"}]}""");
    }

    private static string Rows(SampleBook book, IEnumerable<KeyValuePair<long, long>> levels)
    {
        var text = new StringBuilder();
        foreach (var (price, quantity) in levels)
        {
            text.Append(text.Length == 0 ? "" : ",")
                .Append("{\"price\":").Append(SampleText.Number(price, book.PriceScale))
                .Append(",\"qty\":").Append(SampleText.Number(quantity, book.QuantityScale)).Append('}');
        }

        return text.ToString();
    }

    private static uint Checksum(SampleBook book)
    {
        var crc = Crc32.Begin();
        foreach (var (price, quantity) in book.Asks.Take(ChecksumLevels).Concat(book.Bids.Take(ChecksumLevels)))
        {
            crc.AppendDigits(price);
            crc.AppendDigits(quantity);
        }

        return crc.Value;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
