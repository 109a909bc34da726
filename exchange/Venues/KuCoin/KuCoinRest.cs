using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>KuCoin's REST endpoints with the weights of the public pool.</summary>
internal sealed class KuCoinRest
{
    private readonly VenueMarket _market;
    private readonly Dictionary<string, KuCoinPublisher> _publishers;
    private readonly KuCoinTokens _tokens;
    private readonly RequestBudget _budget;
    private readonly byte[] _symbols;
    private readonly byte[] _currencies;

    public KuCoinRest(VenueMarket market, IReadOnlyList<KuCoinPublisher> publishers, KuCoinTokens tokens)
    {
        _market = market;
        _publishers = publishers.ToDictionary(publisher => publisher.Book.Listing.Symbol);
        _tokens = tokens;
        _budget = new RequestBudget(
            market.Clock, TimeSpan.FromSeconds(30), market.Options.KuCoin.RequestWeightPerHalfMinute);
        _symbols = KuCoinJson.Symbols(publishers.Select(publisher => publisher.Book.Listing)
            .Select(listing => new KuCoinSymbol(
                listing.Symbol,
                listing.Instrument.BaseAsset,
                listing.Instrument.QuoteAsset,
                listing.PriceDecimals,
                listing.QuantityDecimals - KuCoinVenue.UndeclaredDecimals)));
        _currencies = KuCoinCurrency.List(AssetProfile.Of(market.Books.Select(book => book.Listing)));
    }

    public void Map(VenueRoutes routes)
    {
        routes.Post(
            "/api/v1/bullet-public", context => AnswerAsync(context, 10, request => (200, _tokens.Grant(request))));
        routes.Get("/api/v1/symbols", context => AnswerAsync(context, 4, _ => (200, _symbols)));
        routes.Get("/api/v2/symbols", context => AnswerAsync(context, 4, _ => (200, _symbols)));
        routes.Get("/api/v3/currencies", context => AnswerAsync(context, 3, _ => (200, _currencies)));
        routes.Get("/api/v1/market/allTickers", context => AnswerAsync(context, 15, _ => (200, Tickers())));
        routes.Get(
            "/api/v1/market/orderbook/level2_20", context => AnswerAsync(context, 2, request => Book(request, 20)));
        routes.Get(
            "/api/v1/market/orderbook/level2_100", context => AnswerAsync(context, 2, request => Book(request, 100)));
        routes.Get("/api/v3/market/orderbook/level2", context => AnswerAsync(context, 3, _ => (
            400,
            KuCoinJson.Refusal("400001", "Please check the header of your request for KC-API-KEY, KC-API-SIGN"))));
    }

    private async Task AnswerAsync(HttpContext context, int weight, Func<HttpRequest, (int Status, byte[] Body)> answer)
    {
        var (granted, remaining, resetsIn) = _budget.Use(context.Connection.RemoteIpAddress, weight);
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers["gw-ratelimit-limit"] = Text(_market.Options.KuCoin.RequestWeightPerHalfMinute);
        response.Headers["gw-ratelimit-remaining"] = Text(remaining);
        response.Headers["gw-ratelimit-reset"] = Text((long)resetsIn.TotalMilliseconds);
        var (status, body) = granted
            ? answer(context.Request)
            : (429, KuCoinJson.Refusal("429000", "Too many requests in a short period of time, please retry later"));
        response.StatusCode = status;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private (int Status, byte[] Body) Book(HttpRequest request, int depth)
    {
        var symbol = request.Query["symbol"].ToString();
        if (symbol.Length == 0)
        {
            return (400, KuCoinJson.Refusal("400100", "symbol is required"));
        }

        if (!_publishers.TryGetValue(symbol, out var publisher))
        {
            return (400, KuCoinJson.Refusal("900001", "symbol not exists"));
        }

        lock (_market.Gate)
        {
            return (200, publisher.Snapshot(depth));
        }
    }

    private byte[] Tickers()
    {
        lock (_market.Gate)
        {
            return KuCoinTickers.Body(_market.Books, _market.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
