using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>The public REST endpoints of Coinbase Advanced Trade, and the older interface beside it.</summary>
internal sealed class CoinbaseAdvancedRest
{
    private readonly VenueMarket _market;
    private readonly IReadOnlyDictionary<string, CoinbaseAdvancedBook> _books;
    private readonly byte[] _products;
    private readonly byte[] _noProducts = CoinbaseAdvancedProduct.List([]);
    private readonly CoinbaseAdvancedCurrencies _currencies;

    public CoinbaseAdvancedRest(VenueMarket market, IReadOnlyDictionary<string, CoinbaseAdvancedBook> books)
    {
        _market = market;
        _books = books;
        var listings = books.Values.Select(book => book.Book.Listing).ToList();
        _products = CoinbaseAdvancedProduct.List([.. listings.Select(CoinbaseAdvancedProduct.Of)]);
        _currencies = new CoinbaseAdvancedCurrencies(AssetProfile.Of(listings));
    }

    public void Map(VenueRoutes routes)
    {
        routes.Get("/api/v3/brokerage/market/products", context => WriteAsync(context, Products(context.Request)));
        routes.Get("/api/v3/brokerage/market/product_book", context => WriteAsync(context, Book(context.Request)));
        routes.Get("/v2/currencies", context => WriteAsync(context, (200, _currencies.Fiat())));
        routes.Get("/v2/currencies/crypto", context => WriteAsync(context, (200, _currencies.Crypto())));
        routes.Get("/v2/exchange-rates", context => WriteAsync(context, Rates(context.Request)));
    }

    private static async Task WriteAsync(HttpContext context, (int Status, byte[] Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>Of the kinds of products only spot is traded here.</summary>
    private (int Status, byte[] Body) Products(HttpRequest request) => request.Query["product_type"].ToString() switch
    {
        "" or "SPOT" or "UNKNOWN_PRODUCT_TYPE" => (200, _products),
        "FUTURE" => (200, _noProducts),
        var other => Error(400, "INVALID_ARGUMENT", $"product_type {other} is not known"),
    };

    private (int Status, byte[] Body) Book(HttpRequest request)
    {
        var product = request.Query["product_id"].ToString();
        if (product.Length == 0)
        {
            return Error(400, "INVALID_ARGUMENT", "product_id is required");
        }

        if (!_books.TryGetValue(product, out var book))
        {
            return Error(404, "NOT_FOUND", $"product {product} is not found");
        }

        var levels = int.MaxValue;
        if (request.Query["limit"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out levels) || levels < 1))
        {
            return Error(400, "INVALID_ARGUMENT", $"limit {text} is no count of levels");
        }

        lock (_market.Gate)
        {
            return (200, book.Rest(levels));
        }
    }

    private (int Status, byte[] Body) Rates(HttpRequest request)
    {
        var currency = request.Query["currency"].ToString() is { Length: > 0 } asked ? asked : "USD";
        return _currencies.Rates(currency) is { } rates
            ? (200, rates)
            : (400, JsonBytes.Of(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("errors");
                json.WriteStartObject();
                json.WriteString("id", "invalid_request");
                json.WriteString("message", $"Invalid currency ({currency})");
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }));
    }

    private static (int Status, byte[] Body) Error(int status, string name, string text) =>
        (status, JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("error", name);
            json.WriteString("error_details", text);
            json.WriteString("message", text);
            json.WriteEndObject();
        }));
}
