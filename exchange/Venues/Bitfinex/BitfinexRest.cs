using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>Bitfinex's REST endpoints.</summary>
internal sealed class BitfinexRest
{
    private static readonly string[] Lengths = ["1", "25", "100", "250"];

    private readonly VenueMarket _market;
    private readonly IReadOnlyDictionary<string, SimulatedBook> _books;

    public BitfinexRest(VenueMarket market, IReadOnlyDictionary<string, SimulatedBook> books)
    {
        _market = market;
        _books = books;
    }

    public void Map(VenueRoutes routes)
    {
        routes.Get("/v2/conf/{names}", context => WriteAsync(
            context, 200, JsonBytes.Of(json => Lists(json, (string)context.Request.RouteValues["names"]!))));
        routes.Get("/v2/platform/status", context => WriteAsync(context, 200, "[1]"u8.ToArray()));
        routes.Get("/v2/book/{symbol}/{precision}", context =>
        {
            var (status, body) = Book(context.Request);
            return WriteAsync(context, status, body);
        });
    }

    /// <summary>The body of the list of pairs.</summary>
    public static byte[] Pairs(IEnumerable<string> pairs) => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        WritePairs(json, pairs);
        json.WriteEndArray();
    });

    private static async Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>A list for each name, those that are not kept here empty.</summary>
    private void Lists(Utf8JsonWriter json, string names)
    {
        json.WriteStartArray();
        foreach (var name in names.Split(','))
        {
            switch (name)
            {
                case "pub:list:pair:exchange":
                    WritePairs(json, _books.Keys.Select(symbol => symbol[1..]));
                    break;
                case "pub:list:currency":
                    WritePairs(json, _books.Keys.SelectMany(Codes).Distinct());
                    break;
                case "pub:map:currency:sym":
                    WriteMap(json, [("UST", "USDt")]);
                    break;
                case "pub:map:currency:label":
                    WriteMap(json, AssetProfile.Of(_books.Values.Select(book => book.Listing)).Select(
                        asset => (asset.Code == "USDT" ? "UST" : asset.Code, asset.Name)));
                    break;
                case "pub:info:pair":
                    WriteDetails(json);
                    break;
                default:
                    json.WriteStartArray();
                    json.WriteEndArray();
                    break;
            }
        }

        json.WriteEndArray();
    }

    private static void WritePairs(Utf8JsonWriter json, IEnumerable<string> pairs)
    {
        json.WriteStartArray();
        foreach (var pair in pairs)
        {
            json.WriteStringValue(pair);
        }

        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, IEnumerable<(string From, string To)> map)
    {
        json.WriteStartArray();
        foreach (var (from, to) in map)
        {
            json.WriteStartArray();
            json.WriteStringValue(from);
            json.WriteStringValue(to);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>Of each pair the smallest and the largest order; the other elements have no meaning today.</summary>
    private void WriteDetails(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var symbol in _books.Keys)
        {
            json.WriteStartArray();
            json.WriteStringValue(symbol[1..]);
            json.WriteRawValue("""[null,null,null,"0.00006","2000.0",null,null,null,null,0.2,0.1,null]""");
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static string[] Codes(string symbol) =>
        symbol.Contains(':', StringComparison.Ordinal) ? symbol[1..].Split(':') : [symbol[1..^3], symbol[^3..]];

    private (int Status, byte[] Body) Book(HttpRequest request)
    {
        var symbol = (string)request.RouteValues["symbol"]!;
        var length = request.Query["len"].ToString() is { Length: > 0 } text ? text : "25";
        if (!_books.TryGetValue(symbol, out var book))
        {
            return Error(10_020, "symbol: invalid");
        }

        var precision = (string)request.RouteValues["precision"]!;
        if (precision is not ("P0" or "R0") || !Lengths.Contains(length))
        {
            return Error(10_020, "precision or len: invalid");
        }

        lock (_market.Gate)
        {
            var most = int.Parse(length, CultureInfo.InvariantCulture);
            var rows = precision == "R0"
                ? BitfinexOrders.Rows(book, Side.Bid, most).Concat(BitfinexOrders.Rows(book, Side.Ask, most))
                : Rows(book, Side.Bid, most).Concat(Rows(book, Side.Ask, most));
            return (200, Encoding.ASCII.GetBytes($"[{string.Join(',', rows)}]"));
        }
    }

    private static IEnumerable<string> Rows(SimulatedBook book, Side side, int most)
    {
        var levels = book.Side(side);
        return Enumerable.Range(0, Math.Min(most, levels.Count)).Select(
            rank => BitfinexNumber.Row(book.Listing, side, levels.TicksAt(rank), levels.LotsAt(rank)));
    }

    private static (int Status, byte[] Body) Error(int code, string text) => (500, JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        json.WriteStringValue("error");
        json.WriteNumberValue(code);
        json.WriteStringValue(text);
        json.WriteEndArray();
    }));
}
