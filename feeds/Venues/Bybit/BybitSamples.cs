using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Bybit;

/// <summary>Prints as Bybit does: both key orders that have been seen, snapshots on the socket.</summary>
internal sealed class BybitSamples : ISamplePrinter
{
    private const long FirstMillis = 1_687_940_967_000;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Frame(
        book, "snapshot", SampleText.Stripped(book, book.Bids), SampleText.Stripped(book, book.Asks));

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => Frame(
        book,
        "delta",
        SampleText.Stripped(book, SampleText.Of(changes, Side.Bid)),
        SampleText.Stripped(book, SampleText.Of(changes, Side.Ask)));

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return """{"success":true,"ret_msg":"pong","conn_id":"2324d924","op":"ping"}""";
        yield return $$"""{"success":true,"ret_msg":"subscribe","conn_id":"2324d924","req_id":"{{book.Symbol}}","op":"subscribe"}""";
        yield return """{"success":false,"ret_msg":"error:handler not found,topic:orderbook.50.NOPE","conn_id":"2324d924","req_id":"NOPE","op":"subscribe"}""";
        yield return Frame(book, "delta", "", "");   // what is in the book already
    }

    private static string Frame(SampleBook book, string type, string bids, string asks)
    {
        var millis = FirstMillis + book.UpdateId;
        var head = Text(
            book.UpdateId % 2 == 0 ? (FormattableString)$"\"type\":\"{type}\",\"ts\":{millis}"
            : $"\"ts\":{millis},\"type\":\"{type}\"");
        return Text(
            $$$"""{"topic":"orderbook.50.{{{book.Symbol}}}",{{{head}}},"data":{"s":"{{{book.Symbol}}}","b":[{{{bids}}}],"a":[{{{asks}}}],"u":{{{book.UpdateId}}},"seq":{{{66_544_703_342 + book.UpdateId}}}},"cts":{{{millis - 2}}}}""");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
