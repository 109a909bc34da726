using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Membership;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// <c>/events?symbol=BTC/USDT&amp;levels=10</c>: a stream of server-sent events, for the page and for whoever wants
/// quotes in a browser. Both parameters may be left out: the default instrument, ten levels. Threads: any.
/// </summary>
internal sealed class EventsEndpoint
{
    /// <summary>Bound of clients; one more is told to come back later.</summary>
    public const int ClientsMax = 64;

    private const int UsualLevels = 10;
    private const string RetrySeconds = "5";
    private readonly PageParts _parts;
    private readonly CancellationToken _stopping;
    private int _clients;

    /// <summary>Serves these parts until the server stops.</summary>
    public EventsEndpoint(PageParts parts, CancellationToken stopping)
    {
        _parts = parts;
        _stopping = stopping;
    }

    /// <summary>Clients at this moment.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <summary>Answers one request; ends with the stream.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var levels = UsualLevels;
        if (query.TryGetValue("levels", out var asked)
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out levels)
                || levels is < 1 or > QuoteRing.MaxLevels))
        {
            await RefuseAsync(context, 400, $"levels must be 1 to {QuoteRing.MaxLevels}").ConfigureAwait(false);
            return;
        }

        var seat = query.TryGetValue("symbol", out var symbol)
            ? _parts.Instruments.Find(symbol.ToString())
            : _parts.Instruments.Default;
        if (seat is null)
        {
            await RefuseAsync(context, 404, $"no such symbol; there are: {_parts.Instruments.Names}")
                .ConfigureAwait(false);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _clients) > ClientsMax)
            {
                context.Response.Headers.RetryAfter = RetrySeconds;
                await RefuseAsync(context, 503, $"{ClientsMax} clients take events already; come back later")
                    .ConfigureAwait(false);
                return;
            }

            await StreamAsync(context, seat, levels).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    private async Task StreamAsync(HttpContext context, InstrumentSeat seat, int levels)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";   // a proxy that collects would make old quotes of new
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var stream = new EventStream(_parts, seat, levels, context);
        await stream.RunAsync(_stopping).ConfigureAwait(false);
    }

    private static async Task RefuseAsync(HttpContext context, int code, string reason)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(reason + "\n", context.RequestAborted).ConfigureAwait(false);
    }
}
