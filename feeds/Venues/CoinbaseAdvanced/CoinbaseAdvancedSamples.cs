using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;

/// <summary>
/// Prints as Coinbase Advanced Trade does: a time in each row, a number in each message. Some updates have a client id,
/// as the documentation shows them.
/// </summary>
internal sealed class CoinbaseAdvancedSamples : ISamplePrinter
{
    private const string Time = "2023-02-09T20:32:50.714964855Z";

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Levels(
        book,
        "snapshot",
        book.Bids.Select(level => Row(book, "bid", "1970-01-01T00:00:00Z", level.Key, level.Value))
            .Concat(book.Asks.Select(level => Row(book, "offer", "1970-01-01T00:00:00Z", level.Key, level.Value))));

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => Levels(
        book,
        "update",
        changes.Select(change =>
            Row(book, change.Side == Side.Bid ? "bid" : "offer", Time, change.Price, change.Quantity)));

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return Frame(book, "subscriptions", $$$"""{"subscriptions":{"level2":["{{{book.Symbol}}}"]}}""");
        yield return Frame(
            book, "heartbeats", """{"current_time":"2023-02-09 20:32:50.7 +0000 UTC","heartbeat_counter":3049}""");
        yield return Frame(book, "ticker", """{"type":"update","tickers":[]}""");
        yield return """{"type":"error","message":"authentication failure"}""";
    }

    private static string Levels(SampleBook book, string type, IEnumerable<string> rows) => Frame(
        book,
        "l2_data",
        $$"""{"type":"{{type}}","product_id":"{{book.Symbol}}","updates":[{{string.Join(',', rows)}}]}""");

    private static string Frame(SampleBook book, string channel, string item)
    {
        var client = book.UpdateId % 4 == 0 ? "\"client_id\":\"\"," : "";
        return Text(
            $$"""{"channel":"{{channel}}",{{client}}"timestamp":"{{Time}}","sequence_num":{{book.TakeMessageNumber()}},"events":[{{item}}]}""");
    }

    private static string Row(SampleBook book, string side, string time, long price, long quantity)
    {
        var level = SampleText.Stripped(price, book.PriceScale);
        return $$"""{"side":"{{side}}","event_time":"{{time}}","price_level":"{{level}}","new_quantity":"{{SampleText.Stripped(quantity, book.QuantityScale)}}"}""";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
