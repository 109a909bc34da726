using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Feeds.Tests.Oracle;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>Writes a slow book as its venue would send it.</summary>
internal static class SnapshotText
{
    public static byte[] Of(string venue, string symbol, SlowBook book) => Encoding.ASCII.GetBytes(venue switch
    {
        "binance" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"lastUpdateId":{{book.LastUpdateId}},"bids":[{{Rows(book.Bids)}}],"asks":[{{Rows(book.Asks)}}]}"""),
        "bitstamp" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"timestamp":"1","microtimestamp":"{{book.LastUpdateId}}","bids":[{{Rows(book.Bids)}}],"asks":[{{Rows(book.Asks)}}]}"""),
        "kucoin" => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"code":"200000","data":{"time":1,"sequence":"{{{book.LastUpdateId}}}","bids":[{{{Rows(book.Bids)}}}],"asks":[{{{Rows(book.Asks)}}}]}}"""),
        "gateio" => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":{{book.LastUpdateId}},"asks":[{{Rows(book.Asks)}}],"bids":[{{Rows(book.Bids)}}]}"""),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"channel":"book","type":"snapshot","data":[{"symbol":"{{symbol}}","bids":[{{Levels(book.Bids, book)}}],"asks":[{{Levels(book.Asks, book)}}],"checksum":{{book.Checksum()}}}]}"""),
    });

    private static string Rows(IEnumerable<KeyValuePair<decimal, decimal>> side) =>
        string.Join(',', side.Select(level => string.Create(
            CultureInfo.InvariantCulture, $"[\"{level.Key}\",\"{level.Value}\"]")));

    private static string Levels(IEnumerable<KeyValuePair<decimal, decimal>> side, SlowBook book) =>
        string.Join(',', side.Select(level =>
            $$"""{"price":{{Fixed(level.Key, book.Digits.Price)}},"qty":{{Fixed(level.Value, book.Digits.Quantity)}}}"""));

    private static string Fixed(decimal value, int digits) =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
