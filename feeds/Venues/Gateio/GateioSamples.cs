using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Gateio;

/// <summary>Prints as Gate's obu streams do; among the other frames are those of the older channel.</summary>
internal sealed class GateioSamples : ISamplePrinter
{
    private const long FirstMillis = 1_747_054_612_000;
    private const int Levels = 50;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Stream(
        book, Text($"\"full\":true,"), Text($"\"u\":{book.UpdateId},"), Rows(book, book.Bids), Rows(book, book.Asks));

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes)
    {
        var ids = book.UpdateId % 2 == 0
            ? Text($"\"u\":{book.UpdateId},\"U\":{book.UpdateId},")
            : Text($"\"U\":{book.UpdateId},\"u\":{book.UpdateId},");
        return Stream(
            book, "", ids, Rows(book, SampleText.Of(changes, Side.Bid)), Rows(book, SampleText.Of(changes, Side.Ask)));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return Text(
            $$$"""{"time":1747054611,"channel":"spot.obu","event":"subscribe","payload":["ob.{{{book.Symbol}}}.50"],"result":{"status":"success"}}""");
        yield return """{"time":1747054611,"channel":"spot.obu","event":"subscribe","payload":["ob.X_Y.50"],"error":{"code":2,"message":"unknown currency pair X_Y"},"result":{"status":"fail"}}""";
        yield return """{"time":1747054611,"channel":"spot.pong","event":"","result":null}""";
        yield return """{"time":1747054611,"channel":"spot.tickers","event":"update","result":{"currency_pair":"X_Y","last":"1"}}""";
        yield return Text(
            $$$"""{"time":1747054611,"channel":"spot.order_book_update","event":"update","result":{"t":{{{FirstMillis}}},"e":"depthUpdate","E":1747054611,"s":"{{{book.Symbol}}}","U":1,"u":2,"b":[["1","0"]],"a":[]}}""");
    }

    private static string Stream(SampleBook book, string kind, string ids, string bids, string asks) => Text(
        $$$"""{"channel":"spot.obu","result":{"t":{{{FirstMillis + book.UpdateId}}},{{{kind}}}"s":"ob.{{{book.Symbol}}}.{{{Levels}}}",{{{ids}}}"b":[{{{bids}}}],"a":[{{{asks}}}]},"time_ms":{{{FirstMillis + book.UpdateId}}}}""");

    private static string Rows(SampleBook book, IEnumerable<KeyValuePair<long, long>> levels) =>
        SampleText.Stripped(book, levels);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
