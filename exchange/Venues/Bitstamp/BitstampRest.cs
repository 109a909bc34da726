using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>Bitstamp's REST endpoints.</summary>
internal sealed class BitstampRest
{
    private readonly VenueMarket _market;
    private readonly Dictionary<string, BitstampPublisher> _publishers;
    private readonly List<BitstampPair> _pairs;

    public BitstampRest(VenueMarket market, IReadOnlyList<BitstampPublisher> publishers)
    {
        _market = market;
        _publishers = publishers.ToDictionary(publisher => publisher.Book.Listing.Symbol);
        _pairs = [.. publishers.Select(publisher => publisher.Book.Listing).Select(listing => new BitstampPair(
            listing.Symbol,
            listing.Instrument.BaseAsset,
            listing.Instrument.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals))];
    }

    public void Map(VenueRoutes routes)
    {
        routes.Get("/api/v2/order_book/{pair}", context => WriteAsync(context, OrderBook(context.Request)));
        var (older, newer) = (BitstampPair.TradingPairs(_pairs), BitstampPair.Markets(_pairs));
        routes.Get("/api/v2/trading-pairs-info", context => WriteAsync(context, (200, older)));
        routes.Get("/api/v2/markets", context => WriteAsync(context, (200, newer)));
    }

    private static async Task WriteAsync(HttpContext context, (int Status, byte[] Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private (int Status, byte[] Body) OrderBook(HttpRequest request)
    {
        if (request.RouteValues["pair"] is not string pair || !_publishers.TryGetValue(pair, out var publisher))
        {
            return Error(404, "404.002", "Currency pair not found.");
        }

        // One simulated level is one order, so the bodies of group 0 and 1 are the same; 2 would need order ids.
        if (request.Query["group"].ToString() is not ("" or "0" or "1"))
        {
            return Error(400, "400.001", "group is 0 or 1 here: order ids (group=2) are not simulated.");
        }

        lock (_market.Gate)
        {
            return (200, publisher.Snapshot());
        }
    }

    private static (int Status, byte[] Body) Error(int status, string code, string text) =>
        (status, JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", "error");
            json.WriteString("reason", text);
            json.WriteString("code", code);
            json.WriteEndObject();
        }));
}
