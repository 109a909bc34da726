using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>OKX's REST endpoints.</summary>
internal sealed class OkxRest
{
    private const int DepthMax = 400;

    private static readonly string[] InstrumentTypes = ["SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION"];

    private readonly VenueMarket _market;
    private readonly IReadOnlyDictionary<string, OkxBook> _books;
    private readonly RequestBudget _bookRequests;

    public OkxRest(VenueMarket market, IReadOnlyDictionary<string, OkxBook> books)
    {
        _market = market;
        _books = books;
        _bookRequests = new RequestBudget(
            market.Clock, TimeSpan.FromSeconds(2), market.Options.Okx.BooksPerTwoSeconds);
    }

    public void Map(VenueRoutes routes)
    {
        routes.Get("/api/v5/market/books", context =>
            _bookRequests.Use(context.Connection.RemoteIpAddress, 1).Granted
                ? WriteAsync(context, Book(context.Request))
                : WriteAsync(context, Error(429, "50011", "Too Many Requests")));
        routes.Get("/api/v5/public/instruments", context => WriteAsync(context, Instruments(context.Request)));
        routes.Get("/api/v5/public/time", context => WriteAsync(context, Time()));
    }

    private static async Task WriteAsync(HttpContext context, (int Status, byte[] Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private (int Status, byte[] Body) Book(HttpRequest request)
    {
        var symbol = request.Query["instId"].ToString();
        if (symbol.Length == 0)
        {
            return Error(400, "50014", "Parameter instId can not be empty");
        }

        if (!_books.TryGetValue(symbol, out var book))
        {
            return Error(200, "51001", "Instrument ID does not exist");
        }

        var text = request.Query["sz"].ToString();
        var depth = 1;
        if (text.Length != 0
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out depth)
                || depth is < 1 or > DepthMax))
        {
            return Error(400, "51000", "Parameter sz error");
        }

        lock (_market.Gate)
        {
            return (200, book.Writer.Rest(book.Book, depth));
        }
    }

    private (int Status, byte[] Body) Instruments(HttpRequest request)
    {
        var type = request.Query["instType"].ToString();
        if (!InstrumentTypes.Contains(type))
        {
            return type.Length == 0
                ? Error(400, "50014", "Parameter instType can not be empty")
                : Error(400, "51000", "Parameter instType error");
        }

        var symbol = request.Query["instId"].ToString();
        var chosen = type != "SPOT" ? []
            : _books.Values.Select(book => book.Book.Listing)
                .Where(listing => symbol.Length == 0 || listing.Symbol == symbol);
        return (200, OkxInstrument.List(chosen.Select(listing => new OkxInstrument(
            listing.Symbol,
            listing.Instrument.BaseAsset,
            listing.Instrument.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals))));
    }

    private (int Status, byte[] Body) Time() => (200, JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("code", "0");
        json.WriteString("msg", string.Empty);
        json.WriteStartArray("data");
        json.WriteStartObject();
        var milliseconds = _market.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        json.WriteString("ts", milliseconds.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }));

    private static (int Status, byte[] Body) Error(int status, string code, string text) =>
        (status, JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteString("msg", text);
            json.WriteStartArray("data");
            json.WriteEndArray();
            json.WriteEndObject();
        }));
}
