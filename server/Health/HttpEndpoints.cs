using System.Buffers;
using System.Collections.Generic;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Server.Health;

/// <summary>
/// <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> on the listeners marked with
/// <see cref="ListenerRoles.ServeHttp"/>. They only read what the engine publishes.
/// </summary>
public static class HttpEndpoints
{
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>Serves the three pages; other paths are left to what is mapped after.</summary>
    /// <param name="app">The application.</param>
    /// <param name="readiness">What <c>/readyz</c> answers from.</param>
    /// <param name="metrics">What <c>/metrics</c> shows, in this order.</param>
    public static IApplicationBuilder MapHttpEndpoints(
        this IApplicationBuilder app, Readiness readiness, IReadOnlyList<IMetricSource> metrics)
    {
        Page(app, "/healthz", static response =>
            WriteAsync(response, StatusCodes.Status200OK, Text, "ok\n"u8.ToArray()));
        Page(app, "/readyz", response =>
        {
            var report = new ArrayBufferWriter<byte>();
            var code = ReadinessReport.Write(readiness, report)
                ? StatusCodes.Status200OK
                : StatusCodes.Status503ServiceUnavailable;
            return WriteAsync(response, code, "application/json", report.WrittenSpan.ToArray());
        });
        Page(app, "/metrics", response =>
            WriteAsync(response, StatusCodes.Status200OK, MetricText.ContentType, MetricText.Scrape(metrics)));
        return app;
    }

    private static void Page(IApplicationBuilder app, string path, System.Func<HttpResponse, Task> answer) =>
        app.MapWhen(
            context => context.CameThrough(ListenerRole.Http) && context.Request.Path == path,
            branch => branch.Run(context =>
            {
                if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                {
                    return answer(context.Response);
                }

                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                context.Response.Headers.Allow = "GET, HEAD";
                return Task.CompletedTask;
            }));

    private static async Task WriteAsync(HttpResponse response, int code, string contentType, byte[] body)
    {
        response.StatusCode = code;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, response.HttpContext.RequestAborted).ConfigureAwait(false);
        }
    }
}
