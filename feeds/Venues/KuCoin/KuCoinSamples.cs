using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.KuCoin;

/// <summary>
/// Prints as KuCoin does: in both key orders that have been seen, rows that only move the sequence too.
/// </summary>
internal sealed class KuCoinSamples : ISamplePrinter
{
    private const long FirstMillis = 1_729_816_425_000;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Text(
        $$$"""{"code":"200000","data":{"time":{{{FirstMillis}}},"sequence":"{{{book.UpdateId}}}","bids":[{{{SampleText.Stripped(book, book.Bids)}}}],"asks":[{{{SampleText.Stripped(book, book.Asks)}}}]}}""");

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes)
    {
        var asks = Rows(book, changes, Side.Ask);
        var bids = Rows(book, changes, Side.Bid);
        return book.UpdateId % 2 == 0
            ? Text(
                $$$"""{"topic":"/market/level2:{{{book.Symbol}}}","type":"message","subject":"trade.l2update","data":{"changes":{"asks":[{{{asks}}}],"bids":[{{{bids}}}]},"sequenceEnd":{{{book.UpdateId}}},"sequenceStart":{{{book.UpdateId}}},"symbol":"{{{book.Symbol}}}","time":{{{FirstMillis + book.UpdateId}}}}}""")
            : Text(
                $$$"""{"data":{"sequenceStart":{{{book.UpdateId}}},"symbol":"{{{book.Symbol}}}","changes":{"asks":[{{{asks}}}],"bids":[{{{bids}}}]},"sequenceEnd":{{{book.UpdateId}}}},"subject":"trade.l2update","topic":"/market/level2:{{{book.Symbol}}}","type":"message"}""");
    }

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return """{"id":"hQvf8jkno","type":"welcome"}""";
        yield return """{"id":"1545910660739","type":"ack"}""";
        yield return """{"id":"1545910590801","type":"pong"}""";
        yield return """{"id":"1545910660740","type":"error","code":404,"data":"topic /market/level3:BTC-USDT is not found"}""";
        foreach (var ahead in (int[])[0, 1, -1])
        {
            var (bid, bidSize) = book.Bids.First();
            var (ask, askSize) = book.Asks.First();
            yield return Text(
                $$$"""{"topic":"/market/ticker:{{{book.Symbol}}}","type":"message","subject":"trade.ticker","data":{"bestAsk":"{{{Price(book, ask)}}}","bestAskSize":"{{{Size(book, askSize)}}}","bestBid":"{{{Price(book, bid)}}}","bestBidSize":"{{{Size(book, bidSize)}}}","price":"{{{Price(book, bid)}}}","sequence":"{{{book.UpdateId + ahead}}}","size":"1","time":{{{FirstMillis}}}}}""");
        }
    }

    private static string Rows(SampleBook book, IReadOnlyList<SampleChange> changes, Side side)
    {
        var text = new StringBuilder();
        foreach (var change in changes)
        {
            if (change.Side == side)
            {
                text.Append(text.Length == 0 ? "" : ",").Append(Text(
                    $$"""["{{Price(book, change.Price)}}","{{Size(book, change.Quantity)}}","{{book.UpdateId}}"]"""));
            }
        }

        // every third update has a row without a price, which moves the sequence and nothing else
        return book.UpdateId % 3 != 0 || side == Side.Bid
            ? text.ToString()
            : text.Append(text.Length == 0 ? "" : ",").Append(Text($$"""["0","0","{{book.UpdateId}}"]""")).ToString();
    }

    private static string Price(SampleBook book, long price) => SampleText.Stripped(price, book.PriceScale);

    private static string Size(SampleBook book, long size) => SampleText.Stripped(size, book.QuantityScale);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
