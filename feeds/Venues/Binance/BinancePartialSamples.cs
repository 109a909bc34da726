using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>Prints the best 20 levels as Binance's partial depth streams do.</summary>
internal sealed class BinancePartialSamples : ISamplePrinter
{
    private const int Levels = 20;
    private const int Digits = 8;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book)
    {
        var bids = SampleText.Quoted(book, book.Bids.Take(Levels), Digits);
        var asks = SampleText.Quoted(book, book.Asks.Take(Levels), Digits);
        return Text(
            $$$"""{"stream":"{{{book.Symbol.ToLowerInvariant()}}}@depth20@100ms","data":{"lastUpdateId":{{{book.UpdateId}}},"bids":[{{{bids}}}],"asks":[{{{asks}}}]}}""");
    }

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => Snapshot(book);

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return """{"result":null,"id":1}""";
        yield return """{"code":2,"msg":"Invalid request: unknown variant","id":1}""";
        yield return Snapshot(book);   // an id that was there already
        yield return """{"stream":"dogeusdt@depth20@100ms","data":{"lastUpdateId":1,"bids":[],"asks":[]}}""";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
