using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Cryptocom;

/// <summary>
/// Prints as Crypto.com does: both key orders that have been seen, snapshots on the socket, linked ids.
/// </summary>
internal sealed class CryptocomSamples : ISamplePrinter
{
    private const long FirstMillis = 1_790_114_273_000;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Text(
        $$$"""{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"{{{book.Symbol}}}","subscription":"book.{{{book.Symbol}}}.50","channel":"book","depth":50,"data":[{"asks":[{{{Rows(book, book.Asks)}}}],"bids":[{{{Rows(book, book.Bids)}}}],{{{Times(book)}}},"cs":-1183713967}]}}""");

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => Update(
        book,
        Rows(book, SampleText.Of(changes, Side.Bid)),
        Rows(book, SampleText.Of(changes, Side.Ask)),
        book.UpdateId - 1);

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return Text($$"""{"id":1,"method":"subscribe","code":0,"channel":"book.{{book.Symbol}}.50"}""");
        yield return """{"id":11,"method":"subscribe","code":40003,"channel":"book.NOPE_USD.50","message":"Unknown symbol"}""";
        yield return """{"id":1790114291578,"method":"public/heartbeat","code":0}""";
        yield return """{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"BTC_USD","subscription":"trade.BTC_USD","channel":"trade","data":[]}}""";
        yield return Update(book, "", "", book.UpdateId);   // nothing happened for five seconds
    }

    private static string Update(SampleBook book, string bids, string asks, long previousId)
    {
        var symbol = book.Symbol;
        var tail = Text(
            $$$""","depth":50,"data":[{"update":{"asks":[{{{asks}}}],"bids":[{{{bids}}}]},{{{Times(book)}}},"pu":{{{previousId}}},"cs":1522984915}]}}""");
        return book.UpdateId % 2 == 0
            ? Text(
                $$"""{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"{{symbol}}","subscription":"book.{{symbol}}.50","channel":"book.update"{{tail}}""")
            : Text(
                $$"""{"id":-1,"code":0,"method":"subscribe","result":{"channel":"book.update","subscription":"book.{{symbol}}.50","instrument_name":"{{symbol}}"{{tail}}""");
    }

    private static string Times(SampleBook book) =>
        Text($"\"t\":{FirstMillis + book.UpdateId},\"tt\":{FirstMillis + book.UpdateId - 4},\"u\":{book.UpdateId}");

    /// <summary>Numbers at their full precision; a level that is gone is a plain 0.</summary>
    private static string Rows(SampleBook book, IEnumerable<KeyValuePair<long, long>> levels) =>
        string.Join(',', levels.Select(level =>
        {
            var price = SampleText.Number(level.Key, book.PriceScale);
            var quantity = SampleText.Number(level.Value, book.QuantityScale);
            return level.Value == 0
                ? $"[\"{price}\",\"0\",\"0\"]"
                : Text($"[\"{price}\",\"{quantity}\",\"{1 + (level.Value % 12)}\"]");
        }));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
