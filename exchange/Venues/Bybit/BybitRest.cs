using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>Bybit's REST endpoints; a refusal is a 200 with its code in the body, as at the venue.</summary>
internal sealed class BybitRest
{
    private const int DepthMax = 1_000;
    private const int ParameterError = 10_001;

    private static readonly string[] Categories = ["spot", "linear", "inverse", "option"];

    private readonly VenueMarket _market;
    private readonly Dictionary<string, BybitBook> _books;

    public BybitRest(VenueMarket market, IReadOnlyList<BybitBook> books)
    {
        _market = market;
        _books = books.ToDictionary(book => book.Book.Listing.Symbol);
    }

    private long Milliseconds => _market.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Map(VenueRoutes routes)
    {
        routes.Get("/v5/market/orderbook", context => WriteAsync(context, Book(context.Request)));
        routes.Get("/v5/market/instruments-info", context => WriteAsync(context, Instruments(context.Request)));
        routes.Get("/v5/market/time", context => WriteAsync(context, Time()));
    }

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private byte[] Book(HttpRequest request)
    {
        if (request.Query["category"].ToString() != "spot")
        {
            return Error("params error: Category is invalid");
        }

        if (!_books.TryGetValue(request.Query["symbol"].ToString(), out var book))
        {
            return Error("Not supported symbols");
        }

        var text = request.Query["limit"].ToString();
        var depth = 1;
        if (text.Length != 0
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out depth)
                || depth is < 1 or > DepthMax))
        {
            return Error("params error: limit is invalid");
        }

        lock (_market.Gate)
        {
            return book.Rest(depth);
        }
    }

    private byte[] Instruments(HttpRequest request)
    {
        var category = request.Query["category"].ToString();
        if (!Categories.Contains(category))
        {
            return Error("params error: Category is invalid");
        }

        var symbol = request.Query["symbol"].ToString();
        var chosen = category != "spot" ? []
            : _books.Values.Select(book => book.Book.Listing)
                .Where(listing => symbol.Length == 0 || listing.Symbol == symbol);
        return BybitInstrument.List(
            category,
            chosen.Select(listing => new BybitInstrument(
                listing.Symbol,
                listing.Instrument.BaseAsset,
                listing.Instrument.QuoteAsset,
                listing.PriceDecimals,
                listing.QuantityDecimals)),
            Milliseconds);
    }

    private byte[] Time() => JsonBytes.Of(json =>
    {
        var milliseconds = Milliseconds;
        BybitEnvelope.Begin(json, 0, "OK");
        json.WriteString("timeSecond", (milliseconds / 1_000).ToString(CultureInfo.InvariantCulture));
        json.WriteString("timeNano", (milliseconds * 1_000_000).ToString(CultureInfo.InvariantCulture));
        BybitEnvelope.End(json, milliseconds);
    });

    private byte[] Error(string message) => JsonBytes.Of(json =>
    {
        BybitEnvelope.Begin(json, ParameterError, message);
        BybitEnvelope.End(json, Milliseconds);
    });
}
