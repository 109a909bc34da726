using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Exchange.Tests;

/// <summary>A running exchange with a client for its REST paths.</summary>
internal sealed class TestExchange : IAsyncDisposable
{
    private TestExchange(ExchangeHost host)
    {
        Host = host;
        Http = new HttpClient { BaseAddress = host.BaseAddress, Timeout = TimeSpan.FromSeconds(10) };
    }

    public ExchangeHost Host { get; }

    public HttpClient Http { get; }

    public static async Task<TestExchange> StartAsync(ExchangeOptions? options = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return new TestExchange(await ExchangeHost.StartAsync(options ?? Fast(), patience.Token));
    }

    /// <summary>Two instruments at many times the usual speed.</summary>
    public static ExchangeOptions Fast(double rate = 20) => new()
    {
        Instruments = ["BTC/USDT", "ETH/USDT"],
        Rate = rate,
        Seed = 7,
    };

    public Task<TestSocket> ConnectAsync(string venue, string path) =>
        TestSocket.ConnectAsync(new Uri(Host.WebSocketAddress(venue).AbsoluteUri + path));

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    public Task<HttpResponseMessage> RequestAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}
