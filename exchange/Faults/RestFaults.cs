using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>
/// What becomes of REST answers and handshakes while faults wait: everything asked of the simulated venues passes here.
/// Thread safe.
/// </summary>
internal sealed class RestFaults
{
    private static readonly string[] BookPaths = ["/depth", "/order_book", "/orderbook", "/books", "/book", "get-book"];
    private static readonly byte[] Html = "<html><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray();

    private readonly FaultPlan _plan;
    private readonly ConcurrentDictionary<string, byte[]> _served = new(StringComparer.Ordinal);

    public RestFaults(FaultPlan plan) => _plan = plan;

    /// <summary>Answers a request, or lets <paramref name="next"/> answer it and spoils that.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (_plan.Find(path.Split('/', 3, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()) is not { } venue)
        {
            await next(context);
        }
        else if (context.WebSockets.IsWebSocketRequest)
        {
            if (venue.IsArmed && venue.TryTake("refuse-connect", static _ => true, out var refused))
            {
                await RefuseAsync(context, refused, StatusCodes.Status429TooManyRequests);
                return;
            }

            Rename(context.Request, venue);
            await next(context);
        }
        else if (BookPaths.Any(book => path.Contains(book, StringComparison.Ordinal)))
        {
            await AnswerBookAsync(context, next, venue);
        }
        else if (venue.IsArmed && venue.SymbolsOf("delist").Count != 0)
        {
            var body = await BodyAsync(context, next);
            await WriteAsync(context, Delisting.Rename(venue, body).ToArray());
        }
        else
        {
            await next(context);
        }
    }

    private async Task AnswerBookAsync(HttpContext context, RequestDelegate next, VenueFaults venue)
    {
        var address = context.Request.Path + context.Request.QueryString.ToString();
        bool Concerns(string? symbol) =>
            symbol is null || BookFrames.Names(Encoding.UTF8.GetBytes(address), symbol);

        if (venue.TryTake("rest-never", Concerns, out _))
        {
            await Task.Delay(TimeSpan.FromHours(1), context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (venue.TryTake("rest-status", Concerns, out var refused))
        {
            await RefuseAsync(context, refused, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        if (venue.TryTake("rest-slow", Concerns, out var slow))
        {
            var body = await OwnAsync(context, next, venue, address);
            await Task.Delay(slow.Delay, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteAsync(context, body);
            return;
        }

        if (_served.TryGetValue(address, out var stale) && venue.TryTake("rest-stale", Concerns, out _))
        {
            await WriteAsync(context, stale);
            return;
        }

        var other = _served.FirstOrDefault(served => served.Key != address
            && served.Key.StartsWith($"/{venue.Venue}/", StringComparison.Ordinal)).Value;
        if (other is not null && venue.TryTake("rest-wrong-symbol", Concerns, out _))
        {
            await WriteAsync(context, other);
            return;
        }

        var own = await OwnAsync(context, next, venue, address);
        await WriteAsync(
            context,
            venue.TryTake("rest-truncated", Concerns, out _) ? FrameSpoiler.Half(own)
            : venue.TryTake("rest-malformed", Concerns, out _) ? Html
            : venue.TryTake("rest-huge", Concerns, out var huge) ? FrameSpoiler.Padded(own, huge.Bytes)
            : own);
    }

    /// <summary>What the venue itself answers, kept for those who shall get it once more.</summary>
    private async Task<byte[]> OwnAsync(HttpContext context, RequestDelegate next, VenueFaults venue, string address)
    {
        Rename(context.Request, venue);
        var body = await BodyAsync(context, next);
        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            _served[address] = body;
        }

        return Delisting.Restore(venue, body).ToArray();
    }

    private static void Rename(HttpRequest request, VenueFaults venue)
    {
        if (venue.IsArmed)
        {
            request.Path = Delisting.Rename(venue, request.Path.Value!);
            request.QueryString = new QueryString(Delisting.Rename(venue, request.QueryString.ToString()));
        }
    }

    private static async Task<byte[]> BodyAsync(HttpContext context, RequestDelegate next)
    {
        var wire = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }

        return body.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType ??= "application/json";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext context, Fault fault, int status)
    {
        context.Response.StatusCode = fault.Code == 0 ? status : fault.Code;
        if (fault.RetryAfterSeconds != 0)
        {
            context.Response.Headers.RetryAfter = fault.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        await context.Response.WriteAsync("refused by a fault of the plan\n");
    }
}
