using System;
using System.Globalization;
using System.Text;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>
/// Depth updates as the venues print them. Prices and quantities at scale 8 of <see cref="DepthUpdate"/>.
/// </summary>
internal static class VenueText
{
    /// <summary>The symbol of every Binance frame.</summary>
    public const string BinanceSymbol = "BTCUSDT";

    /// <summary>The symbol of every Bitstamp frame.</summary>
    public const string BitstampSymbol = "btcusd";

    /// <summary>The symbol of every frame of Coinbase Exchange and of Advanced Trade.</summary>
    public const string CoinbaseSymbol = "BTC-USD";

    /// <summary>The symbol of every Kraken frame.</summary>
    public const string KrakenSymbol = "BTC/USD";

    /// <summary>The symbol of every OKX frame.</summary>
    public const string OkxSymbol = "BTC-USDT";

    /// <summary>The symbol of every Bybit frame.</summary>
    public const string BybitSymbol = "BTCUSDT";

    /// <summary>The symbol of every Bitfinex frame.</summary>
    public const string BitfinexSymbol = "tBTCUSD";

    /// <summary>What every Bitfinex frame says in place of it.</summary>
    public const long BitfinexChannel = 232_957;

    /// <summary>The symbol of every Crypto.com frame.</summary>
    public const string CryptocomSymbol = "BTC_USD";

    /// <summary>What Bitfinex says first: that changes come as arrays, numbered, and whose channel it is.</summary>
    public static readonly string[] BitfinexOpening =
    [
        """{"event":"conf","status":"OK","flags":537067520}""",
        """{"event":"subscribed","channel":"book","chanId":232957,"symbol":"tBTCUSD","prec":"P0","len":"100"}""",
    ];

    /// <summary>The symbol of every KuCoin frame.</summary>
    public const string KuCoinSymbol = "BTC-USDT";

    /// <summary>The symbol of every Gate frame.</summary>
    public const string GateioSymbol = "BTC_USDT";

    private const int BinanceDigits = 8;

    /// <summary>A Binance diff with ids of eleven digits.</summary>
    public static byte[] Binance(long firstId, long lastId, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"stream\":\"btcusdt@depth@100ms\",\"data\":{{\"e\":\"depthUpdate\"")
            .Append(CultureInfo.InvariantCulture, $",\"E\":1723161255208,\"s\":\"{BinanceSymbol}\"")
            .Append(CultureInfo.InvariantCulture, $",\"U\":{firstId},\"u\":{lastId},\"b\":");
        Rows(text, bids, BinanceDigits, BinanceDigits);
        text.Append(",\"a\":");
        Rows(text, asks, BinanceDigits, BinanceDigits);
        return Encoding.ASCII.GetBytes(text.Append("}}").ToString());
    }

    /// <summary>A Bitstamp diff.</summary>
    public static byte[] Bitstamp(long microTimestamp, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append("{\"event\":\"data\"")
            .Append(CultureInfo.InvariantCulture, $",\"channel\":\"diff_order_book_{BitstampSymbol}\"")
            .Append(CultureInfo.InvariantCulture, $",\"data\":{{\"timestamp\":\"{microTimestamp / 1_000_000}\"")
            .Append(CultureInfo.InvariantCulture, $",\"microtimestamp\":\"{microTimestamp}\",\"bids\":");
        Rows(text, bids, 2, 8);
        text.Append(",\"asks\":");
        Rows(text, asks, 2, 8);
        return Encoding.ASCII.GetBytes(text.Append("}}").ToString());
    }

    /// <summary>A Kraken book update.</summary>
    public static byte[] Kraken(uint checksum, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append("{\"channel\":\"book\",\"type\":\"update\"")
            .Append(CultureInfo.InvariantCulture, $",\"data\":[{{\"symbol\":\"{KrakenSymbol}\"")
            .Append(",\"bids\":");
        NamedRows(text, bids);
        text.Append(",\"asks\":");
        NamedRows(text, asks);
        text.Append(CultureInfo.InvariantCulture,
            $",\"checksum\":{checksum},\"timestamp\":\"2026-08-01T02:53:53.646219Z\"}}]}}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>An OKX update without a checksum, as they are today.</summary>
    public static byte[] Okx(long previousId, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"arg\":{{\"channel\":\"books\",\"instId\":\"{OkxSymbol}\"}}")
            .Append(",\"action\":\"update\",\"data\":[{\"asks\":");
        StrippedRows(text, asks, static () => ",\"0\",\"3\"");
        text.Append(",\"bids\":");
        StrippedRows(text, bids, static () => ",\"0\",\"12\"");
        text.Append(",\"ts\":\"1652459226350\",\"checksum\":0")
            .Append(CultureInfo.InvariantCulture, $",\"seqId\":{previousId + 7},\"prevSeqId\":{previousId}}}]}}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>A Bybit delta.</summary>
    public static byte[] Bybit(long updateId, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"topic\":\"orderbook.50.{BybitSymbol}\",\"ts\":1687940967466")
            .Append(CultureInfo.InvariantCulture, $",\"type\":\"delta\",\"data\":{{\"s\":\"{BybitSymbol}\",\"b\":");
        StrippedRows(text, bids, static () => "");
        text.Append(",\"a\":");
        StrippedRows(text, asks, static () => "");
        text.Append(CultureInfo.InvariantCulture,
            $",\"u\":{updateId},\"seq\":{updateId + 66_544_703_342}}},\"cts\":1687940967464}}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>A KuCoin update: a sequence for each row, asks first.</summary>
    public static byte[] KuCoin(long sequence, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        var next = sequence;
        text.Append(CultureInfo.InvariantCulture, $"{{\"topic\":\"/market/level2:{KuCoinSymbol}\",\"type\":\"message\"")
            .Append(",\"subject\":\"trade.l2update\",\"data\":{\"changes\":{\"asks\":");
        StrippedRows(text, asks, () => $",\"{next++}\"");
        text.Append(",\"bids\":");
        StrippedRows(text, bids, () => $",\"{next++}\"");
        text.Append(CultureInfo.InvariantCulture, $"}},\"sequenceEnd\":{next - 1},\"sequenceStart\":{sequence}")
            .Append(CultureInfo.InvariantCulture, $",\"symbol\":\"{KuCoinSymbol}\",\"time\":1729816425625}}}}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>A Bitfinex update of several levels: rows of one array, asks with amounts below 0.</summary>
    public static byte[] Bitfinex(int number, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"[{BitfinexChannel},[");
        CountedRows(text, bids, "");
        text.Append(',');
        CountedRows(text, asks, "-");
        return Encoding.ASCII.GetBytes(text.Append(CultureInfo.InvariantCulture, $"],{number}]").ToString());
    }

    /// <summary>A Crypto.com update: numbers at full precision, a count of orders behind each.</summary>
    public static byte[] Cryptocom(
        long previousId, long id, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append("{\"id\":-1,\"method\":\"subscribe\",\"code\":0,\"result\":{\"instrument_name\":")
            .Append(CultureInfo.InvariantCulture, $"\"{CryptocomSymbol}\"")
            .Append(CultureInfo.InvariantCulture, $",\"subscription\":\"book.{CryptocomSymbol}.50\"")
            .Append(",\"channel\":\"book.update\",\"depth\":50,\"data\":[{\"update\":{\"asks\":");
        PaddedRows(text, asks);
        text.Append(",\"bids\":");
        PaddedRows(text, bids);
        text.Append(CultureInfo.InvariantCulture, $"}},\"t\":1790114273659,\"tt\":1790114273655,\"u\":{id}")
            .Append(CultureInfo.InvariantCulture, $",\"pu\":{previousId},\"cs\":{(int)(id * 2_654_435_761)}}}]}}}}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>A Gate update of an obu stream.</summary>
    public static byte[] Gateio(long firstId, long lastId, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append("{\"channel\":\"spot.obu\",\"result\":{\"t\":1747054612695")
            .Append(CultureInfo.InvariantCulture, $",\"s\":\"ob.{GateioSymbol}.50\"")
            .Append(CultureInfo.InvariantCulture, $",\"u\":{lastId},\"U\":{firstId},\"b\":");
        StrippedRows(text, bids, static () => "");
        text.Append(",\"a\":");
        StrippedRows(text, asks, static () => "");
        return Encoding.ASCII.GetBytes(text.Append("},\"time_ms\":1747054612925}").ToString());
    }

    /// <summary>Price, count of orders, amount with a sign; count 0 and amount 1 for a level that is gone.</summary>
    private static void CountedRows(StringBuilder text, ReadOnlySpan<Level> levels, string sign)
    {
        var separator = "";
        foreach (ref readonly var level in levels)
        {
            var isGone = level.Quantity == 0;
            text.Append(separator).Append('[').Append(ScaledText.Format(level.Price, DepthUpdate.Scale))
                .Append(isGone ? ",0," : level.Quantity % 5 == 0 ? ",12," : ",2,").Append(sign)
                .Append(isGone ? "1" : ScaledText.Format(level.Quantity, DepthUpdate.Scale)).Append(']');
            separator = ",";
        }
    }

    /// <summary>Prices of two decimals, quantities of five, mostly a few orders.</summary>
    private static void PaddedRows(StringBuilder text, ReadOnlySpan<Level> levels)
    {
        var separator = '[';
        foreach (ref readonly var level in levels)
        {
            var isGone = level.Quantity == 0;
            var quantity = (level.Quantity / 100_000_000m).ToString("F5", CultureInfo.InvariantCulture);
            var orders = isGone ? 0 : 1 + (level.Quantity / 1_000 % 12);
            text.Append(separator)
                .Append(CultureInfo.InvariantCulture, $"[\"{level.Price / 100_000_000m:F2}\",\"")
                .Append(isGone ? "0" : quantity)
                .Append(CultureInfo.InvariantCulture, $"\",\"{orders}\"]");
            separator = ',';
        }

        text.Append(']');
    }

    /// <summary>A batch of Coinbase Exchange, the sides mixed; the frame's number decides how.</summary>
    public static byte[] Coinbase(int frame, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"type\":\"l2update\",\"product_id\":\"{CoinbaseSymbol}\"")
            .Append(",\"changes\":");
        MixedRows(text, frame, bids, asks, static (text, isBid, level) =>
        {
            text.Append(isBid ? "[\"buy\",\"" : "[\"sell\",\"");
            Number(text, level.Price, 2);
            text.Append("\",\"");
            Number(text, level.Quantity, 8);
            text.Append("\"]");
        });
        text.Append(CultureInfo.InvariantCulture, $",\"time\":\"2023-08-15T05:27:09.{frame:D6}Z\"}}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>An update of Coinbase Advanced Trade, the sides mixed.</summary>
    public static byte[] CoinbaseAdvanced(int number, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        const string Time = "2023-02-09T20:32:50.714964855Z";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"channel\":\"l2_data\",\"timestamp\":\"{Time}\"")
            .Append(CultureInfo.InvariantCulture, $",\"sequence_num\":{number},\"events\":[{{\"type\":\"update\"")
            .Append(CultureInfo.InvariantCulture, $",\"product_id\":\"{CoinbaseSymbol}\",\"updates\":");
        MixedRows(text, number, bids, asks, static (text, isBid, level) =>
            text.Append("{\"side\":\"").Append(isBid ? "bid" : "offer").Append("\",\"event_time\":\"").Append(Time)
                .Append("\",\"price_level\":\"").Append(ScaledText.Format(level.Price, DepthUpdate.Scale))
                .Append("\",\"new_quantity\":\"").Append(ScaledText.Format(level.Quantity, DepthUpdate.Scale))
                .Append("\"}"));
        return Encoding.ASCII.GetBytes(text.Append("}]}").ToString());
    }

    /// <summary>Rows of both sides in an order that nothing can guess, each side's own order kept.</summary>
    private static void MixedRows(
        StringBuilder text,
        int seed,
        ReadOnlySpan<Level> bids,
        ReadOnlySpan<Level> asks,
        Action<StringBuilder, bool, Level> print)
    {
        var random = new Random(seed);
        var separator = '[';
        for (var (bid, ask) = (0, 0); bid + ask < bids.Length + asks.Length;)
        {
            var isBid = ask == asks.Length || (bid < bids.Length && random.Next(2) == 0);
            text.Append(separator);
            print(text, isBid, isBid ? bids[bid++] : asks[ask++]);
            separator = ',';
        }

        text.Append(']');
    }

    /// <summary>Numbers without trailing zeros, and what the tail says behind each quantity.</summary>
    private static void StrippedRows(StringBuilder text, ReadOnlySpan<Level> levels, Func<string> tail)
    {
        var separator = '[';
        foreach (ref readonly var level in levels)
        {
            text.Append(separator).Append("[\"").Append(ScaledText.Format(level.Price, DepthUpdate.Scale))
                .Append("\",\"").Append(ScaledText.Format(level.Quantity, DepthUpdate.Scale))
                .Append('"').Append(tail()).Append(']');
            separator = ',';
        }

        text.Append(levels.IsEmpty ? "[]" : "]");
    }

    private static void Rows(StringBuilder text, ReadOnlySpan<Level> levels, int priceDigits, int quantityDigits)
    {
        var separator = '[';
        foreach (ref readonly var level in levels)
        {
            text.Append(separator).Append("[\"");
            Number(text, level.Price, priceDigits);
            text.Append("\",\"");
            Number(text, level.Quantity, quantityDigits);
            text.Append("\"]");
            separator = ',';
        }

        text.Append(levels.IsEmpty ? "[]" : "]");
    }

    private static void NamedRows(StringBuilder text, ReadOnlySpan<Level> levels)
    {
        var separator = '[';
        foreach (ref readonly var level in levels)
        {
            text.Append(separator).Append("{\"price\":");
            Number(text, level.Price, 1);
            text.Append(",\"qty\":");
            Number(text, level.Quantity, 8);
            text.Append('}');
            separator = ',';
        }

        text.Append(levels.IsEmpty ? "[]" : "]");
    }

    private static void Number(StringBuilder text, long value, int digits)
    {
        var exact = new decimal(value) / 100_000_000m;
        text.Append(exact.ToString("F" + digits, CultureInfo.InvariantCulture));
    }
}
