using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>Gate's REST endpoints with their limit.</summary>
internal sealed class GateioRest
{
    private const int DefaultLimit = 10;
    private const int LimitMax = 100;

    private readonly VenueMarket _market;
    private readonly Dictionary<string, GateioBook> _books;
    private readonly RequestBudget _budget;
    private readonly byte[] _pairs;
    private readonly byte[] _marginPairs;
    private readonly byte[] _currencies;

    public GateioRest(VenueMarket market, IReadOnlyList<GateioBook> books)
    {
        _market = market;
        _books = books.ToDictionary(book => book.Symbol);
        _budget = new RequestBudget(
            market.Clock, TimeSpan.FromSeconds(10), market.Options.Gateio.RequestsPerTenSeconds);
        List<GateioPair> pairs =
        [
            .. books.Select(book => book.Book.Listing).Select(listing => new GateioPair(
                listing.Symbol,
                listing.Instrument.BaseAsset,
                listing.Instrument.QuoteAsset,
                listing.PriceDecimals,
                listing.QuantityDecimals - GateioVenue.UndeclaredDecimals)),
        ];
        _pairs = GateioPair.List(pairs);
        _marginPairs = GateioPair.MarginList(pairs);
        _currencies = GateioCurrency.List(AssetProfile.Of(books.Select(book => book.Book.Listing)));
    }

    public void Map(VenueRoutes routes)
    {
        routes.Get("/api/v4/spot/currency_pairs", context => AnswerAsync(context, _ => (200, _pairs)));
        routes.Get("/api/v4/margin/currency_pairs", context => AnswerAsync(context, _ => (200, _marginPairs)));
        routes.Get("/api/v4/spot/currencies", context => AnswerAsync(context, _ => (200, _currencies)));
        routes.Get("/api/v4/spot/order_book", context => AnswerAsync(context, OrderBook));
    }

    private async Task AnswerAsync(HttpContext context, Func<HttpRequest, (int Status, byte[] Body)> answer)
    {
        var (granted, remaining, resetsIn) = _budget.Use(context.Connection.RemoteIpAddress, 1);
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers["X-Gate-RateLimit-Limit"] = Text(_market.Options.Gateio.RequestsPerTenSeconds);
        response.Headers["X-Gate-RateLimit-Requests-Remain"] = Text(remaining);
        response.Headers["X-Gate-RateLimit-Reset-Timestamp"] =
            Text((_market.Clock.GetUtcNow() + resetsIn).ToUnixTimeSeconds());
        var (status, body) = granted
            ? answer(context.Request)
            : Error(429, "TOO_MANY_REQUESTS", "Request Rate limit Exceeded");
        response.StatusCode = status;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private (int Status, byte[] Body) OrderBook(HttpRequest request)
    {
        var pair = request.Query["currency_pair"].ToString();
        if (!_books.TryGetValue(pair, out var book))
        {
            return Error(400, "INVALID_CURRENCY_PAIR", $"Invalid currency pair {pair}");
        }

        var limit = DefaultLimit;
        var text = request.Query["limit"].ToString();
        if (text.Length != 0
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > LimitMax))
        {
            return Error(400, "INVALID_PARAM_VALUE", $"Invalid limit {text}");
        }

        lock (_market.Gate)
        {
            return (200, book.Snapshot(limit, request.Query["with_id"] == "true"));
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static (int Status, byte[] Body) Error(int status, string label, string text) =>
        (status, JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("label", label);
            json.WriteString("message", text);
            json.WriteEndObject();
        }));
}
