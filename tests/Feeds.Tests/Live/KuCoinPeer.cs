using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>
/// A KuCoin of one's own: grants numbered tokens, or what the test says, and plays a script with each socket.
/// </summary>
internal sealed class KuCoinPeer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _tokens = new();
    private int _grants;

    private KuCoinPeer(Func<int, string?> refuse, Func<WebSocket, int, CancellationToken, Task> script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapGet("/api/v2/symbols", () => Results.Text("""{"code":"200000","data":[]}"""));
        _app.MapPost("/api/v1/bullet-public", (HttpContext context) =>
        {
            var number = Interlocked.Increment(ref _grants);
            return Results.Text(refuse(number) ?? Grant(context.Request.Host.Value!, number));
        });
        _app.Map("/push", context => ServeAsync(context, script));
    }

    public Uri Rest => new(_app.Urls.First());

    /// <summary>The tokens that sockets came with, in order.</summary>
    public string[] Tokens => [.. _tokens];

    public static async Task<KuCoinPeer> StartAsync(
        Func<int, string?> refuse, Func<WebSocket, int, CancellationToken, Task> script)
    {
        var peer = new KuCoinPeer(refuse, script);
        await peer._app.StartAsync();
        return peer;
    }

    public static Task SendAsync(WebSocket socket, string text, CancellationToken cancellation) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, cancellation).AsTask();

    /// <summary>The client's next message; null when it closes.</summary>
    public static async Task<string?> ReceiveAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[4_096];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
        return received.MessageType == WebSocketMessageType.Close
            ? null
            : Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private static string Grant(string host, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"code":"200000","data":{"token":"token{{{number}}}","instanceServers":[{"endpoint":"ws://{{{host}}}/push","protocol":"websocket","pingInterval":18000,"pingTimeout":10000}]}}""");

    private async Task ServeAsync(HttpContext context, Func<WebSocket, int, CancellationToken, Task> script)
    {
        _tokens.Enqueue(context.Request.Query["token"]!);
        var number = _tokens.Count;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await script(socket, number, _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // the test is over, or the client left
        }
    }
}
