using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Coinbase;

/// <summary>Prints as Coinbase Exchange does: snapshots on the socket, both sides of a change in one list.</summary>
internal sealed class CoinbaseSamples : ISamplePrinter
{
    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Text(
        $$"""{"type":"snapshot","product_id":"{{book.Symbol}}","asks":[{{SampleText.Quoted(book, book.Asks)}}],"bids":[{{SampleText.Quoted(book, book.Bids)}}]}""");

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => Text(
        $$"""{"type":"l2update","product_id":"{{book.Symbol}}","changes":[{{string.Join(',', changes.Select(change => Row(book, change)))}}],"time":"2023-08-15T05:27:09.{{book.UpdateId % 1_000_000:D6}}Z"}""");

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return Text(
            $$"""{"type":"subscriptions","channels":[{"name":"level2_batch","product_ids":["{{book.Symbol}}"]}]}""");
        yield return Text(
            $$"""{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"{{book.Symbol}}","time":"2023-08-15T05:27:09.000000Z"}""");
        yield return """{"type":"ticker","sequence":5,"product_id":"NO-PE","price":"1"}""";
        yield return """{"type":"error","message":"Failed to subscribe","reason":"NO-PE is not a valid product"}""";
    }

    private static string Row(SampleBook book, SampleChange change)
    {
        var side = change.Side == Side.Bid ? "buy" : "sell";
        var price = SampleText.Number(change.Price, book.PriceScale);
        return $"[\"{side}\",\"{price}\",\"{SampleText.Number(change.Quantity, book.QuantityScale)}\"]";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
