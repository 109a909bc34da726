using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>Prints as Binance does: eight decimals whatever the market's tick.</summary>
internal sealed class BinanceSamples : ISamplePrinter
{
    private const int Digits = 8;
    private const long FirstEventMillis = 1_723_161_255_000;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Text(
        $$"""{"lastUpdateId":{{book.UpdateId}},"bids":[{{Levels(book, book.Bids)}}],"asks":[{{Levels(book, book.Asks)}}]}""");

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes)
    {
        var bids = SampleText.Quoted(book, changes, Side.Bid, Digits);
        var asks = SampleText.Quoted(book, changes, Side.Ask, Digits);
        return Text(
            $$$"""{"stream":"{{{book.Symbol.ToLowerInvariant()}}}@depth@100ms","data":{"e":"depthUpdate","E":{{{Millis(book)}}},"s":"{{{book.Symbol}}}","U":{{{book.UpdateId}}},"u":{{{book.UpdateId}}},"b":[{{{bids}}}],"a":[{{{asks}}}]}}""");
    }

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return """{"result":null,"id":1}""";
        yield return """{"code":2,"msg":"Invalid request: unknown variant","id":1}""";
        yield return Text($$"""{"e":"trade","E":{{Millis(book)}},"s":"{{book.Symbol}}","t":12345,"p":"1.0"}""");
        foreach (var ahead in (int[])[0, 1])
        {
            var (bid, bidQuantity) = book.Bids.First();
            var (ask, askQuantity) = book.Asks.First();
            yield return Text(
                $$$"""{"stream":"{{{book.Symbol.ToLowerInvariant()}}}@bookTicker","data":{"u":{{{book.UpdateId + ahead}}},"s":"{{{book.Symbol}}}","b":"{{{Price(book, bid)}}}","B":"{{{Quantity(book, bidQuantity)}}}","a":"{{{Price(book, ask)}}}","A":"{{{Quantity(book, askQuantity)}}}"}}""");
        }
    }

    private static long Millis(SampleBook book) => FirstEventMillis + book.UpdateId;

    private static string Levels(SampleBook book, IReadOnlyDictionary<long, long> side) =>
        SampleText.Quoted(book, side, Digits);

    private static string Price(SampleBook book, long price) => SampleText.Number(price, book.PriceScale, Digits);

    private static string Quantity(SampleBook book, long quantity) =>
        SampleText.Number(quantity, book.QuantityScale, Digits);

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
