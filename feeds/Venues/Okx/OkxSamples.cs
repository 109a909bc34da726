using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Okx;

/// <summary>
/// Prints as OKX does: numbers as short as they go, snapshots on the socket, linked ids; with the checksum of the days
/// when there was one, so that its code is compiled too.
/// </summary>
internal sealed class OkxSamples : ISamplePrinter
{
    private const int ChecksumLevels = 25;
    private const string Tail = ",\"0\",\"3\"";
    private const long FirstMillis = 1_652_459_226_000;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Frame(
        book, "snapshot", SampleText.Stripped(book, book.Bids, Tail), SampleText.Stripped(book, book.Asks, Tail),
        Checksum(book), -1);

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => Frame(
        book, "update", Rows(book, changes, Side.Bid), Rows(book, changes, Side.Ask), Checksum(book),
        book.UpdateId - 1);

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return "pong";
        yield return $$$"""{"event":"subscribe","arg":{"channel":"books","instId":"{{{book.Symbol}}}"},"connId":"a4d3ae55"}""";
        yield return """{"event":"error","code":"60018","msg":"Wrong URL or channel:books,instId:NO-PE doesn't exist.","connId":"a4d3ae55"}""";
        yield return """{"event":"channel-conn-count","channel":"books","connCount":"1","connId":"a4d3ae55"}""";
        yield return Frame(book, "update", "", "", 0, book.UpdateId);   // nothing happened for a minute
        yield return Frame(book, "update", "", "", Checksum(book) ^ 1, book.UpdateId);
    }

    private static string Rows(SampleBook book, IReadOnlyList<SampleChange> changes, Side side) =>
        SampleText.Stripped(book, SampleText.Of(changes, side), Tail);

    private static string Frame(
        SampleBook book, string action, string bids, string asks, int checksum, long previousId) => Text(
        $$$"""{"arg":{"channel":"books","instId":"{{{book.Symbol}}}"},"action":"{{{action}}}","data":[{"asks":[{{{asks}}}],"bids":[{{{bids}}}],"ts":"{{{FirstMillis + book.UpdateId}}}","checksum":{{{checksum}}},"seqId":{{{book.UpdateId}}},"prevSeqId":{{{previousId}}}}]}""");

    private static int Checksum(SampleBook book)
    {
        var parts = new List<string>();
        var (bids, asks) = (book.Bids.ToArray(), book.Asks.ToArray());
        for (var rank = 0; rank < ChecksumLevels; rank++)
        {
            parts.AddRange(Parts(book, bids, rank));
            parts.AddRange(Parts(book, asks, rank));
        }

        var crc = Crc32.Begin();
        crc.Append(Encoding.ASCII.GetBytes(string.Join(':', parts)));
        return (int)crc.Value;
    }

    private static string[] Parts(SampleBook book, KeyValuePair<long, long>[] side, int rank) => rank < side.Length
        ? [ScaledText.Format(side[rank].Key, book.PriceScale), ScaledText.Format(side[rank].Value, book.QuantityScale)]
        : [];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
