using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// The page at <c>/</c>, its files under <c>/page/</c>, and <c>/events</c>, on the listeners marked with
/// <see cref="ListenerRoles.ServeHttp"/>. The page takes nothing from any other address, and its browser is told so.
/// </summary>
public static class PageEndpoints
{
    /// <summary>Scripts, styles and connections of this server alone; nothing inline, in no frame.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Folder = "page/";

    /// <summary>Serves the page; other paths are left to what is mapped after.</summary>
    /// <param name="app">The application.</param>
    /// <param name="parts">What is shown.</param>
    public static IApplicationBuilder MapPage(this IApplicationBuilder app, PageParts parts)
    {
        var files = Files();
        var stopping = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var events = new EventsEndpoint(parts, stopping);
        return app
            .MapWhen(
                context => context.CameThrough(ListenerRole.Http) && files.ContainsKey(context.Request.Path),
                branch => branch.Run(context => Allow(context, files[context.Request.Path])))
            .MapWhen(
                static context => context.CameThrough(ListenerRole.Http) && context.Request.Path == "/events",
                branch => branch.Run(context => HttpMethods.IsGet(context.Request.Method)
                    ? events.InvokeAsync(context)
                    : Refuse(context, "GET")));
    }

    private static Dictionary<string, PageFile> Files() => typeof(PageFile).Assembly.GetManifestResourceNames()
        .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Select(PageFile.Read)
        .ToDictionary(static file => file.Path, StringComparer.Ordinal);

    private static Task Allow(HttpContext context, PageFile file) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? SendAsync(context, file)
            : Refuse(context, "GET, HEAD");

    private static Task Refuse(HttpContext context, string allowed)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = allowed;
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, PageFile file)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";   // ask each time, and be told that nothing has changed
        headers.ETag = file.Tag;
        if (context.Request.Headers[HeaderNames.IfNoneMatch].Contains(file.Tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(file.Bytes, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
