using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>The tickers of all symbols.</summary>
internal static class KuCoinTickers
{
    /// <summary>Fields that count trades, of which there are none.</summary>
    private static readonly string[] Counted = ["changeRate", "changePrice", "vol", "volValue"];

    /// <summary>The body of allTickers; call under the gate.</summary>
    public static byte[] Body(IReadOnlyList<SimulatedBook> books, long unixMillis)
    {
        var writer = new FrameWriter();
        var json = writer.Begin();
        json.WriteStartObject();
        json.WriteString("code", "200000");
        json.WriteStartObject("data");
        json.WriteNumber("time", unixMillis);
        json.WriteStartArray("ticker");
        foreach (var book in books)
        {
            Write(writer, book);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        return writer.End();
    }

    private static void Write(FrameWriter writer, SimulatedBook book)
    {
        var json = writer.Json;
        var (prices, sizes) = (book.Listing.PriceDecimals, book.Listing.QuantityDecimals);
        void Number(string name, long scaled, int decimals)
        {
            json.WritePropertyName(name);
            writer.StrippedString(scaled, decimals);
        }

        json.WriteStartObject();
        json.WriteString("symbol", book.Listing.Symbol);
        json.WriteString("symbolName", book.Listing.Symbol);
        Number("buy", book.Bids.TicksAt(0), prices);
        Number("bestBidSize", book.Bids.LotsAt(0), sizes);
        Number("sell", book.Asks.TicksAt(0), prices);
        Number("bestAskSize", book.Asks.LotsAt(0), sizes);
        foreach (var name in Counted)
        {
            json.WriteString(name, "0");
        }

        Number("high", book.Asks.TicksAt(0), prices);
        Number("low", book.Bids.TicksAt(0), prices);
        Number("last", book.Bids.TicksAt(0), prices);
        Number("averagePrice", book.Bids.TicksAt(0), prices);
        json.WriteString("takerFeeRate", "0.001");
        json.WriteString("makerFeeRate", "0.001");
        json.WriteString("takerCoefficient", "1");
        json.WriteString("makerCoefficient", "1");
        json.WriteEndObject();
    }
}
