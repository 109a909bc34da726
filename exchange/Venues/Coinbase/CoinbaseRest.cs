using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>Coinbase Exchange's REST endpoints.</summary>
internal sealed class CoinbaseRest
{
    private readonly VenueMarket _market;
    private readonly IReadOnlyDictionary<string, CoinbaseBook> _books;
    private readonly byte[] _products;
    private readonly byte[] _currencies;

    public CoinbaseRest(VenueMarket market, IReadOnlyDictionary<string, CoinbaseBook> books)
    {
        _market = market;
        _books = books;
        _products = CoinbaseProduct.List(books.Values.Select(book => CoinbaseProduct.Of(book.Book.Listing)));
        _currencies = CoinbaseCurrency.List(AssetProfile.Of(books.Values.Select(book => book.Book.Listing)));
    }

    public void Map(VenueRoutes routes)
    {
        routes.Get("/currencies", context => WriteAsync(context, 200, _currencies));
        routes.Get("/products", context => WriteAsync(context, 200, _products));
        routes.Get("/products/{id}/book", context =>
        {
            var (status, body) = Book(context.Request);
            return WriteAsync(context, status, body);
        });
    }

    private static async Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Level 1 is the best level of each side, level 2 the whole book; level 3 needs an account.</summary>
    private (int Status, byte[] Body) Book(HttpRequest request)
    {
        if (!_books.TryGetValue($"{request.RouteValues["id"]}", out var book))
        {
            return (404, Message("NotFound"));
        }

        var level = request.Query["level"].ToString();
        if (level is not ("" or "1" or "2"))
        {
            return (400, Message("Invalid level"));
        }

        lock (_market.Gate)
        {
            return (200, book.Rest(level == "2" ? int.MaxValue : 1));
        }
    }

    private static byte[] Message(string text) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("message", text);
        json.WriteEndObject();
    });
}
