using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Feeds.Tests.Oracle;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>Writes a slow book as its venue would send it, a frame a line.</summary>
internal static class SnapshotText
{
    public static string Of(string venue, string symbol, long channel, SlowBook book) => venue switch
    {
        "binance" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"lastUpdateId":{{book.LastUpdateId}},"bids":[{{Rows(book.Bids)}}],"asks":[{{Rows(book.Asks)}}]}"""),
        "bitstamp" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"timestamp":"1","microtimestamp":"{{book.LastUpdateId}}","bids":[{{Rows(book.Bids)}}],"asks":[{{Rows(book.Asks)}}]}"""),
        "coinbase" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"snapshot","product_id":"{{symbol}}","bids":[{{Rows(book.Bids)}}],"asks":[{{Rows(book.Asks)}}]}"""),
        "coinbase_advanced" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"channel":"l2_data","timestamp":"","sequence_num":0,"events":[{"type":"snapshot","product_id":"{{symbol}}","updates":[{{string.Join(',', Updates("bid", book.Bids).Concat(Updates("offer", book.Asks)))}}]}]}"""),
        "okx" => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"arg":{"channel":"books","instId":"{{{symbol}}}"},"action":"snapshot","data":[{"asks":[{{{Counted(book.Asks)}}}],"bids":[{{{Counted(book.Bids)}}}],"ts":"1","checksum":{{{(int)book.Checksum()}}}{{{Ids(book)}}}}]}"""),
        "bybit" => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"topic":"orderbook.50.{{{symbol}}}","type":"snapshot","ts":1,"data":{"s":"{{{symbol}}}","b":[{{{Rows(book.Bids)}}}],"a":[{{{Rows(book.Asks)}}}],"u":{{{book.LastUpdateId}}},"seq":1}}"""),
        "kucoin" => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"code":"200000","data":{"time":1,"sequence":"{{{book.LastUpdateId}}}","bids":[{{{Rows(book.Bids)}}}],"asks":[{{{Rows(book.Asks)}}}]}}"""),
        "gateio" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":{{book.LastUpdateId}},"asks":[{{Rows(book.Asks)}}],"bids":[{{Rows(book.Bids)}}]}"""),
        "bitfinex" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"event":"subscribed","channel":"book","chanId":{{channel}},"symbol":"{{symbol}}","prec":"P0"}
            [{{channel}},[{{string.Join(',', Signed(book.Bids, "").Concat(Signed(book.Asks, "-")))}}]]
            """),
        "cryptocom" => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"{{{symbol}}}","channel":"book","data":[{"asks":[{{{Rows(book.Asks)}}}],"bids":[{{{Rows(book.Bids)}}}],"t":1,"u":{{{book.LastUpdateId}}}}]}}"""),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"channel":"book","type":"snapshot","data":[{"symbol":"{{symbol}}","bids":[{{Levels(book.Bids, book)}}],"asks":[{{Levels(book.Asks, book)}}],"checksum":{{book.Checksum()}}}]}"""),
    };

    /// <summary>Numbers as JavaScript prints them, with a count between them.</summary>
    private static IEnumerable<string> Signed(IEnumerable<KeyValuePair<decimal, decimal>> side, string sign) =>
        side.Select(level => $"[{SlowBook.NumberText(level.Key)},3,{sign}{SlowBook.NumberText(level.Value)}]");

    private static string Rows(IEnumerable<KeyValuePair<decimal, decimal>> side) =>
        string.Join(',', side.Select(level => string.Create(
            CultureInfo.InvariantCulture, $"[\"{level.Key}\",\"{level.Value}\"]")));

    private static IEnumerable<string> Updates(string side, IEnumerable<KeyValuePair<decimal, decimal>> levels) =>
        levels.Select(level => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"side":"{{side}}","event_time":"","price_level":"{{level.Key}}","new_quantity":"{{level.Value}}"}"""));

    /// <summary>Numbers as short as they go, a constant and a count.</summary>
    private static string Counted(IEnumerable<KeyValuePair<decimal, decimal>> side) =>
        string.Join(',', side.Select(level => string.Create(
            CultureInfo.InvariantCulture,
            $"[\"{level.Key:0.##################}\",\"{level.Value:0.##################}\",\"0\",\"12\"]")));

    private static string Ids(SlowBook book) => book.LastUpdateId == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $",\"seqId\":{book.LastUpdateId},\"prevSeqId\":-1");

    private static string Levels(IEnumerable<KeyValuePair<decimal, decimal>> side, SlowBook book) =>
        string.Join(',', side.Select(level =>
            $$"""{"price":{{Fixed(level.Key, book.Digits.Price)}},"qty":{{Fixed(level.Value, book.Digits.Quantity)}}}"""));

    private static string Fixed(decimal value, int digits) =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
