using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Quotes;

namespace LowLatencyQuoter.Client.Health;

/// <summary>
/// Health from the server-sent events of the server's HTTP port, as its page has it. Keeps trying, every two seconds.
/// </summary>
internal sealed class EventHealthSource : IHealthSource
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilenceMost = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly ServerAddress _server;
    private readonly HttpClient _http;
    private CancellationTokenSource _following = new();
    private MarketHealth? _latest;
    private string? _failure;
    private bool _isClosed;

    /// <summary>Makes one; it asks for nothing before it follows an instrument.</summary>
    /// <param name="server">Host and HTTP port.</param>
    public EventHealthSource(ServerAddress server)
    {
        _server = server;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = ConnectTimeout })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public MarketHealth? Latest => Volatile.Read(ref _latest);

    /// <inheritdoc/>
    public string? Failure => Volatile.Read(ref _failure);

    /// <inheritdoc/>
    public void Follow(string? symbol)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _following.Cancel();
            _following.Dispose();
            _following = new CancellationTokenSource();
            var ending = _following.Token;
            _ = Task.Run(() => KeepReadingAsync(symbol, ending), ending);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _following.Cancel();
            _following.Dispose();
        }

        _http.Dispose();
    }

    private async Task KeepReadingAsync(string? symbol, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(symbol, ending).ConfigureAwait(false);
                Fail("the server ended it", ending);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                Fail("the server is silent", ending);
            }
            catch (Exception e) when (
                e is HttpRequestException or IOException or JsonException or KeyNotFoundException
                    or InvalidOperationException)
            {
                Fail(Printable.Line(e.Message), ending);
            }

            await Task.Delay(RetryAfter, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(string? symbol, CancellationToken ending)
    {
        var query = symbol is null ? "/events?levels=1" : $"/events?levels=1&symbol={Uri.EscapeDataString(symbol)}";
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ending);
        silence.CancelAfter(SilenceMost);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Method("/"), query));
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token)
            .ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using var lines = new StreamReader(
            await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false));
        IReadOnlyList<string> instruments = [];
        var name = "";
        while (await lines.ReadLineAsync(silence.Token).ConfigureAwait(false) is { } line)
        {
            silence.CancelAfter(SilenceMost);
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && name == "hello")
            {
                instruments = StatusJson.Instruments(line["data: ".Length..]);
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && name == "status")
            {
                Tell(StatusJson.Health(line["data: ".Length..], instruments), ending);
            }
        }
    }

    private void Tell(MarketHealth health, CancellationToken ending)
    {
        lock (_gate)
        {
            if (!ending.IsCancellationRequested)
            {
                Volatile.Write(ref _latest, health);
                Volatile.Write(ref _failure, null);
            }
        }
    }

    private void Fail(string reason, CancellationToken ending)
    {
        lock (_gate)
        {
            if (!ending.IsCancellationRequested)
            {
                Volatile.Write(ref _failure, $"http {_server}: {reason}");
            }
        }
    }
}
