using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Bitstamp;

/// <summary>Prints as Bitstamp does: changes in both key orders that have been seen, or whole books.</summary>
internal sealed class BitstampSamples : ISamplePrinter
{
    private const long FirstSecond = 1_641_343_698;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => book.WholeBooks
        ? Frame(book, Payload(book, Bids(book), Asks(book)))
        : Payload(book, Bids(book), Asks(book));

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => book.WholeBooks
        ? Snapshot(book)
        : Frame(
            book,
            Payload(
                book,
                SampleText.Quoted(book, changes, Side.Bid),
                SampleText.Quoted(book, changes, Side.Ask)));

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return """{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}""";
        yield return Text(
            $$$"""{"event":"bts:subscription_succeeded","channel":"diff_order_book_{{{book.Symbol}}}","data":{}}""");
        yield return """{"event":"bts:error","channel":"","data":{"code":4009,"message":"Connection is unauthorized."}}""";
        yield return """{"event":"trade","channel":"live_trades_none","data":{"id":1}}""";
    }

    private static string Bids(SampleBook book) => SampleText.Quoted(book, book.Bids);

    private static string Asks(SampleBook book) => SampleText.Quoted(book, book.Asks);

    private static string Payload(SampleBook book, string bids, string asks) => Text(
        $$"""{"timestamp":"{{FirstSecond}}","microtimestamp":"{{(FirstSecond * 1_000_000) + book.UpdateId}}","bids":[{{bids}}],"asks":[{{asks}}]}""");

    private static string Frame(SampleBook book, string payload)
    {
        var channel = (book.WholeBooks ? "order_book_" : "diff_order_book_") + book.Symbol;
        return book.UpdateId % 2 == 0
            ? $$"""{"data":{{payload}},"channel":"{{channel}}","event":"data"}"""
            : $$"""{"event":"data","channel":"{{channel}}","data":{{payload}}}""";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
