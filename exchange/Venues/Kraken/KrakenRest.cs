using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>Kraken's REST endpoints. What they refuse they say in a list of errors, with status 200.</summary>
internal sealed class KrakenRest
{
    private const int CountDefault = 100;
    private const int CountMax = 500;
    private const int PriceDecimalsMin = 5;
    private const int VolumeDecimals = 3;

    private readonly VenueMarket _market;
    private readonly IReadOnlyList<KrakenPair> _pairs;

    public KrakenRest(VenueMarket market, IReadOnlyList<KrakenPair> pairs)
    {
        _market = market;
        _pairs = pairs;
    }

    public void Map(VenueRoutes routes)
    {
        Get(routes, "AssetPairs", query => KrakenPair.AssetPairs(_pairs, query["pair"].ToString()));
        Get(routes, "Assets", query => KrakenAsset.Assets(_pairs, query["asset"].ToString()));
        Get(routes, "Depth", Depth);
    }

    /// <summary>A body without errors.</summary>
    /// <param name="content">Writes the members of the result.</param>
    public static byte[] Result(Action<Utf8JsonWriter> content) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("error");
        json.WriteEndArray();
        json.WriteStartObject("result");
        content(json);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A body that is an error alone.</summary>
    public static byte[] Error(string text) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("error");
        json.WriteStringValue(text);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Get(VenueRoutes routes, string name, Func<IQueryCollection, byte[]> answer) =>
        routes.Get($"/0/public/{name}", async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(answer(context.Request.Query), context.RequestAborted);
        });

    private byte[] Depth(IQueryCollection query)
    {
        var name = query["pair"].ToString();
        var count = CountDefault;
        if (name.Length == 0
            || (query["count"].ToString() is { Length: > 0 } text
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                    || count is < 1 or > CountMax)))
        {
            return Error("EGeneral:Invalid arguments");
        }

        if (_pairs.FirstOrDefault(pair => pair.Answers(name)) is not { } pair)
        {
            return Error("EQuery:Unknown asset pair");
        }

        lock (_market.Gate)
        {
            var book = _market.Books.Single(book => book.Listing.Symbol == pair.Symbol);
            return Result(json =>
            {
                json.WriteStartObject(pair.RestId);
                WriteRows(json, "asks", book.Asks, count, book.Listing);
                WriteRows(json, "bids", book.Bids, count, book.Listing);
                json.WriteEndObject();
            });
        }
    }

    /// <summary>Rows of price, volume and a time in seconds; volumes are rounded, as on the venue.</summary>
    private void WriteRows(Utf8JsonWriter json, string name, SimulatedSide side, int count, Listing listing)
    {
        json.WriteStartArray(name);
        for (var rank = 0; rank < Math.Min(count, side.Count); rank++)
        {
            json.WriteStartArray();
            json.WriteStringValue(Text(
                side.TicksAt(rank), listing.PriceDecimals, Math.Max(PriceDecimalsMin, listing.PriceDecimals)));
            json.WriteStringValue(Text(side.LotsAt(rank), listing.QuantityDecimals, VolumeDecimals));
            json.WriteNumberValue(_market.Clock.GetUtcNow().ToUnixTimeSeconds());
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static string Text(long scaled, int decimals, int printed) =>
        (scaled / Pow10.Decimal(decimals)).ToString($"F{printed}", CultureInfo.InvariantCulture);
}
