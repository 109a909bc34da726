using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Client.Tests.Serving;

/// <summary>The server's events, as a server with two instruments sends them.</summary>
internal static class SampleEvents
{
    public const string Hello = """{"protocol":1,"symbol":"BTC/USDT","instruments":["BTC/USDT","ETH/USDT"]}""";

    /// <summary>Two venues, one of them not live.</summary>
    public static string Status(string symbol) =>
        "{\"symbol\":\"" + symbol + "\",\"venues\":["
        + """{"venue":"kraken","state":"live","ageMillis":12.4,"messagesPerSecond":31.5,"gaps":"2","p99Micros":83.2},"""
        + """{"venue":"binance","state":"disconnected","gaps":"0"}],"latency":{"""
        + """ "recent":[{"percentile":50,"micros":11.5},{"percentile":99,"micros":83.2},{"percentile":100,"micros":1900}],"""
        + """ "total":[{"percentile":50,"micros":12},{"percentile":99,"micros":90},{"percentile":100,"micros":2500000}]}}""";

    /// <summary>Answers <c>/events</c> and stays.</summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        var symbol = context.Request.Query["symbol"].ToString();
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(
            $"retry: 1000\n\nevent: hello\ndata: {Hello}\n\n"
            + "event: quote\nid: 1-2\ndata: 5\n\n"
            + $"event: status\ndata: {Status(symbol.Length == 0 ? "BTC/USDT" : symbol)}\n\n",
            context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(-1, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
