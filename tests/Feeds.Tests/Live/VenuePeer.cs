using System;
using System.Collections.Concurrent;
using System.Diagnostics;
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

/// <summary>A Binance whose snapshots follow a script, and whose diffs start at 1,000 and flow every 20 ms.</summary>
internal sealed class VenuePeer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<long> _requests = new();
    private readonly ConcurrentQueue<string> _received = new();
    private readonly bool _compresses;
    private long _lastId = 999;
    private volatile bool _isMuted;
    private volatile bool _isQuiet;
    private volatile string _moreBids = "";

    private VenuePeer(Func<HttpContext, int, long, Task> answer, bool compresses)
    {
        _compresses = compresses;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapGet("/api/v3/exchangeInfo", () => Results.Text("""{"symbols":[{"symbol":"BTCUSDT","filters":[]}]}"""));
        _app.MapGet("/api/v3/depth", context =>
        {
            _requests.Enqueue(Stopwatch.GetTimestamp());
            return answer(context, _requests.Count, Volatile.Read(ref _lastId));
        });
        _app.Map("/stream", StreamAsync);
    }

    /// <summary>When snapshots were asked for, in milliseconds after the first.</summary>
    public double[] Requests
    {
        get
        {
            var times = _requests.ToArray();
            return [.. times.Select(time => Stopwatch.GetElapsedTime(times[0], time).TotalMilliseconds)];
        }
    }

    /// <summary>What clients sent.</summary>
    public string[] Received => [.. _received];

    /// <summary>True: the book goes on, but no diff is sent until a client subscribes.</summary>
    public bool IsMuted
    {
        get => _isMuted;
        set => _isMuted = value;
    }

    /// <summary>True: nothing happens in the book.</summary>
    public bool IsQuiet
    {
        get => _isQuiet;
        set => _isQuiet = value;
    }

    /// <summary>Rows beside the one bid that each diff changes, for instance <c>,["100.5","0"]</c>.</summary>
    public string MoreBids
    {
        get => _moreBids;
        set => _moreBids = value;
    }

    public Uri Rest => new(_app.Urls.First());

    public Uri Socket => new(_app.Urls.First().Replace("http", "ws", StringComparison.Ordinal));

    /// <param name="answer">The answer to a request for a snapshot, by its number and the last id sent.</param>
    /// <param name="compresses">Whether permessage-deflate is agreed to when it is offered.</param>
    public static async Task<VenuePeer> StartAsync(
        Func<HttpContext, int, long, Task> answer,
        bool compresses = false)
    {
        var peer = new VenuePeer(answer, compresses);
        await peer._app.StartAsync();
        return peer;
    }

    public static string Body(long lastId, string bids = """["100.5","1"]""") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"lastUpdateId":{{lastId}},"bids":[{{bids}}],"asks":[["101.5","1"]]}""");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task StreamAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext { DangerousEnableCompression = _compresses });
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var listening = ListenAsync(socket);   // ends with the socket, and never faults
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token) && socket.State == WebSocketState.Open)
            {
                if (_isQuiet)
                {
                    continue;
                }

                var id = Interlocked.Increment(ref _lastId);
                if (_isMuted)
                {
                    continue;
                }

                var frame = string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":{{id}},"u":{{id}},"b":[["99.5","{{id}}"]{{_moreBids}}],"a":[]}""");
                await socket.SendAsync(
                    Encoding.ASCII.GetBytes(frame).AsMemory(), WebSocketMessageType.Text, true, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // the test is over
        }
    }

    private async Task ListenAsync(WebSocket socket)
    {
        var buffer = new byte[1_024];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token)
                is { MessageType: WebSocketMessageType.Text } read)
            {
                var text = Encoding.UTF8.GetString(buffer, 0, read.Count);
                _received.Enqueue(text);
                if (text.Contains("\"SUBSCRIBE\"", StringComparison.Ordinal))
                {
                    _isMuted = false;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // the test is over, or the client left
        }
    }
}
