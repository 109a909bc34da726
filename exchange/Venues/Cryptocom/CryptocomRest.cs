using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Market;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>Crypto.com's REST endpoints.</summary>
internal sealed class CryptocomRest
{
    private const int DepthMax = 150;

    private readonly VenueMarket _market;
    private readonly IReadOnlyDictionary<string, SimulatedBook> _books;

    public CryptocomRest(VenueMarket market, IReadOnlyDictionary<string, SimulatedBook> books)
    {
        _market = market;
        _books = books;
    }

    public void Map(VenueRoutes routes)
    {
        routes.Get("/exchange/v1/public/get-instruments", context => WriteAsync(context, (200, Instruments())));
        routes.Get("/exchange/v1/public/get-book", context => WriteAsync(context, Book(context.Request)));
    }

    private static async Task WriteAsync(HttpContext context, (int Status, byte[] Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private byte[] Instruments() => CryptocomInstrument.List(
        _books.Values.Select(book => book.Listing).Select(listing => new CryptocomInstrument(
            listing.Symbol,
            listing.Instrument.BaseAsset,
            listing.Instrument.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals)));

    private (int Status, byte[] Body) Book(HttpRequest request)
    {
        if (!_books.TryGetValue(request.Query["instrument_name"].ToString(), out var book))
        {
            return (400, CryptocomReplies.Answer(-1, "public/get-book", 40_004, message: "Invalid instrument_name"));
        }

        var text = request.Query["depth"].ToString();
        var depth = 50;
        if (text.Length != 0
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out depth)
                || depth is < 1 or > DepthMax))
        {
            return (400, CryptocomReplies.Answer(-1, "public/get-book", 40_004, message: "Invalid depth"));
        }

        lock (_market.Gate)
        {
            return (200, CryptocomWriter.Rest(book, depth, _market.Clock));
        }
    }
}
