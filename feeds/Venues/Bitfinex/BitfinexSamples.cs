using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>
/// Prints as Bitfinex does: numbered arrays, a snapshot behind each subscription, changes row by row where they are few
/// and as one array where they are many, a checksum behind each of them.
/// </summary>
internal sealed class BitfinexSamples : ISamplePrinter
{
    private const int ChecksumLevels = 25;
    private const int RowByRow = 2;
    private const long Channel = 232_957;
    private const long Flags = BitfinexFlags.Sequence | BitfinexFlags.Checksum | BitfinexFlags.BulkUpdates;

    /// <inheritdoc/>
    public string Opening(SampleBook book) => Text(
        $$$"""
        {"event":"info","version":2,"serverId":"083bd8d4-aca7-4690-a573-eabfc8103de8","platform":{"status":1}}
        {"event":"conf","status":"OK","flags":{{{Flags}}}}
        """);

    /// <inheritdoc/>
    public string Snapshot(SampleBook book)
    {
        var rows = book.Bids.Select(level => Row(book, Side.Bid, level.Key, level.Value))
            .Concat(book.Asks.Select(level => Row(book, Side.Ask, level.Key, level.Value)));
        return Text(
            $$"""
            {"event":"unsubscribed","status":"OK","chanId":{{Channel}}}
            {"event":"subscribed","channel":"book","chanId":{{Channel}},"symbol":"{{book.Symbol}}","prec":"P0","freq":"F0","len":"250","pair":"{{book.Symbol[1..]}}"}
            {{Frame(book, $"[{string.Join(',', rows)}]")}}
            {{Frame(book, $"\"cs\",{Checksum(book)}")}}
            """);
    }

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes)
    {
        var rows = changes.Select(change => Row(book, change.Side, change.Price, change.Quantity)).ToList();
        var contents = rows.Count <= RowByRow ? rows : [$"[{string.Join(',', rows)}]"];
        return string.Join('\n', contents.Append($"\"cs\",{Checksum(book)}").Select(content => Frame(book, content)));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return Frame(book, "\"hb\"");
        yield return """{"event":"pong","ts":1511545528111,"cid":1}""";
        yield return """{"event":"info","code":20000,"msg":"nothing of note"}""";
        yield return """{"channel":"book","symbol":"tNOPE","prec":"P0","len":"25","event":"error","msg":"symbol: invalid","code":10300,"pair":"NOPE"}""";
        yield return Text($"[{Channel},\"cs\",{Checksum(book) ^ 1},{book.TakeMessageNumber() + 1}]");
    }

    private static string Frame(SampleBook book, string content) =>
        Text($"[{Channel},{content},{book.TakeMessageNumber() + 1}]");

    private static string Row(SampleBook book, Side side, long price, long quantity)
    {
        var sign = side == Side.Ask ? "-" : "";
        var amount = quantity == 0 ? "1" : ScaledNumber.Format(quantity, book.QuantityScale);
        return Text($"[{ScaledNumber.Format(price, book.PriceScale)},{(quantity == 0 ? 0 : 3)},{sign}{amount}]");
    }

    private static int Checksum(SampleBook book)
    {
        var parts = new List<string>();
        var (bids, asks) = (book.Bids.ToArray(), book.Asks.ToArray());
        for (var rank = 0; rank < ChecksumLevels; rank++)
        {
            parts.AddRange(Parts(book, bids, rank, ""));
            parts.AddRange(Parts(book, asks, rank, "-"));
        }

        var crc = Crc32.Begin();
        crc.Append(Encoding.ASCII.GetBytes(string.Join(':', parts)));
        return (int)crc.Value;
    }

    private static string[] Parts(SampleBook book, KeyValuePair<long, long>[] side, int rank, string sign) =>
        rank < side.Length
            ?
            [
                ScaledNumber.Format(side[rank].Key, book.PriceScale),
                sign + ScaledNumber.Format(side[rank].Value, book.QuantityScale),
            ]
            : [];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
