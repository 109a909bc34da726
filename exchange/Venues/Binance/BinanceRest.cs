using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>Binance's REST endpoints with their weights, refusals and bans.</summary>
internal sealed class BinanceRest
{
    private const int DefaultLimit = 100;
    private const int LimitMax = 5000;

    private readonly VenueMarket _market;
    private readonly Dictionary<string, BinancePublisher> _publishers;
    private readonly RequestWeights _weights;

    public BinanceRest(VenueMarket market, IReadOnlyList<BinancePublisher> publishers)
    {
        _market = market;
        _publishers = publishers.ToDictionary(publisher => publisher.Book.Listing.Symbol);
        _weights = new RequestWeights(market.Options.Binance, market.Clock);
    }

    public void Map(VenueRoutes routes)
    {
        routes.Get("/api/v3/depth", context => AnswerAsync(context, DepthWeight(context.Request), Depth));
        routes.Get("/api/v3/exchangeInfo", context => AnswerAsync(context, 20, ExchangeInformation));
        routes.Get("/api/v3/time", context => AnswerAsync(context, 1, Time));
    }

    private async Task AnswerAsync(HttpContext context, int weight, Func<HttpRequest, (int Status, byte[] Body)> answer)
    {
        var verdict = _weights.Use(context.Connection.RemoteIpAddress ?? IPAddress.Loopback, weight);
        var response = context.Response;
        response.Headers["X-MBX-USED-WEIGHT-1M"] = verdict.Used.ToString(CultureInfo.InvariantCulture);
        response.ContentType = "application/json;charset=UTF-8";
        var (status, body) = verdict.Status == 200 ? answer(context.Request) : Refusal(verdict);
        response.StatusCode = status;
        if (verdict.Status != 200)
        {
            var seconds = (long)Math.Ceiling(verdict.RetryAfter.TotalSeconds);
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private (int Status, byte[] Body) Refusal(WeightVerdict verdict)
    {
        var limit = _market.Options.Binance.RequestWeightPerMinute;
        return verdict.Status == 429
            ? Error(
                429,
                -1003,
                $"Too much request weight used; current limit is {limit} request weight per 1 MINUTE. "
                + "Please use WebSocket Streams for live updates to avoid polling the API.")
            : Error(
                418,
                -1003,
                $"Way too much request weight used; IP banned until {verdict.Until.ToUnixTimeMilliseconds()}. "
                + "Please use WebSocket Streams for live updates to avoid bans.");
    }

    private static int DepthWeight(HttpRequest request) => ParseLimit(request) switch
    {
        null or <= 100 => 5,
        <= 500 => 25,
        <= 1000 => 50,
        _ => 250,
    };

    /// <summary>The limit asked for; null when it is no number.</summary>
    private static int? ParseLimit(HttpRequest request)
    {
        var text = request.Query["limit"].ToString();
        return text.Length == 0 ? DefaultLimit
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit
            : null;
    }

    private (int Status, byte[] Body) Depth(HttpRequest request)
    {
        var symbol = request.Query["symbol"].ToString();
        if (symbol.Length == 0)
        {
            return Error(
                400, -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
        }

        if (ParseLimit(request) is not { } limit || limit == 0)
        {
            return Error(400, -1100, "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.");
        }

        if (!_publishers.TryGetValue(symbol, out var publisher))
        {
            return Error(400, -1121, "Invalid symbol.");
        }

        var writer = new FrameWriter();
        var json = writer.Begin();
        json.WriteStartObject();
        lock (_market.Gate)
        {
            BinanceMessages.WriteBook(writer, publisher.UpdateId, publisher.Book, Math.Min(limit, LimitMax));
        }

        json.WriteEndObject();
        return (200, writer.End());
    }

    private (int Status, byte[] Body) Time(HttpRequest request) => (200, JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("serverTime", BinanceMessages.EventTime(_market.Clock, microseconds: false));
        json.WriteEndObject();
    }));

    private (int Status, byte[] Body) ExchangeInformation(HttpRequest request)
    {
        var asked = request.Query["symbol"].ToString();
        if (asked.Length == 0)
        {
            asked = request.Query["symbols"].ToString();
        }

        var symbols = asked.Split(['[', ']', '"', ','], StringSplitOptions.RemoveEmptyEntries);
        if (symbols.Any(symbol => !_publishers.ContainsKey(symbol)))
        {
            return Error(400, -1121, "Invalid symbol.");
        }

        var listings = (symbols.Length == 0 ? _publishers.Values : symbols.Select(symbol => _publishers[symbol]))
            .Select(publisher => publisher.Book.Listing)
            .Select(listing => new BinanceSymbol(
                listing.Symbol,
                listing.Instrument.BaseAsset,
                listing.Instrument.QuoteAsset,
                listing.PriceDecimals,
                listing.QuantityDecimals));
        var now = BinanceMessages.EventTime(_market.Clock, microseconds: false);
        return (200, JsonBytes.Of(json => BinanceSymbol.WriteExchangeInfo(
            json, now, _market.Options.Binance.RequestWeightPerMinute, listings)));
    }

    private static (int Status, byte[] Body) Error(int status, int code, string text) => (status, JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("msg", text);
        json.WriteEndObject();
    }));
}
