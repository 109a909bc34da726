using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Health.V1;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Health;

[Category(Categories.Loopback)]
public sealed class HttpEndpointsTests
{
    private QuoterHarness _quoter = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _quoter.HttpAddress };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _quoter.DisposeAsync();
    }

    [Test]
    public async Task TheProcessIsHealthyWhateverTheBooksSay()
    {
        Assert.That(await _http.GetStringAsync("/healthz"), Is.EqualTo("ok\n"));
    }

    [Test]
    public async Task ReadinessFollowsTheBooksOfTheDefaultInstrument()
    {
        Assert.That(await ReadyAsync(), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "no book of BTC/USDT is live")));
        _quoter.Market.GoLive(4);
        Assert.That(await ReadyAsync(), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "no book of BTC/USDT is live")));
        _quoter.Market.GoLive(0);
        Assert.That(await ReadyAsync(), Is.EqualTo((HttpStatusCode.OK, (string?)null)));
        _quoter.Market.Disconnect(0);
        Assert.That((await ReadyAsync()).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task ReadinessShowsTheStateOfEachBook()
    {
        _quoter.Market.GoLive(0);
        _quoter.Market.GoLive(1);
        _quoter.Market.Disconnect(1);
        using var json = JsonDocument.Parse(await _http.GetStringAsync("/readyz"));
        Assert.That(json.RootElement.GetProperty("ready").GetBoolean(), Is.True);
        var books = json.RootElement.GetProperty("books").EnumerateArray().Select(static book =>
            $"{book.GetProperty("venue")} {book.GetProperty("symbol")} {book.GetProperty("instrument")} "
            + book.GetProperty("state"));
        Assert.That(books.Take(3), Is.EqualTo(
        [
            "binance BTCUSDT BTC/USDT live",
            "bitstamp BTCUSDT BTC/USDT disconnected",
            "kraken BTCUSDT BTC/USDT disconnected",
        ]));
    }

    [Test]
    public async Task OnlyReadingIsAllowed([Values("/healthz", "/readyz", "/metrics")] string path)
    {
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.That(head.Content.Headers.ContentLength, Is.Positive);
        using var post = await _http.PostAsync(path, null);
        Assert.That(post.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [TestCase("/x")]
    [TestCase("/healthz/x")]
    [TestCase("/grpc.health.v1.Health/Check")]
    [TestCase("/orderbook.OrderbookAggregator/BookSummary")]
    public async Task TheHttpPortHasNothingElse(string path)
    {
        using var response = await _http.PostAsync(path, null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task TheGrpcPortHasNoPages([Values("/healthz", "/readyz", "/metrics")] string path)
    {
        using var client = _quoter.Client();
        using var call = await client.SendAsync(path, new HealthCheckRequest());
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task TheHostHeaderOpensNoOtherPort()
    {
        // the client claims the port of the other listener; what counts is the socket it came through
        using var client = _quoter.Client();
        using var grpc = await client.SendAsync(
            "/healthz", [GrpcTestClient.Frame([])], request => request.Headers.Host = _quoter.HttpAddress.Authority);
        Assert.That(await grpc.EndAsync(), Is.EqualTo(StatusCode.Unimplemented));
        using var request = new HttpRequestMessage(HttpMethod.Get, GrpcTestClient.Check);
        request.Headers.Host = _quoter.GrpcAddress.Authority;
        using var http = await _http.SendAsync(request);
        Assert.That(http.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<(HttpStatusCode Status, string? Reason)> ReadyAsync()
    {
        using var response = await _http.GetAsync("/readyz");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var reason = json.RootElement.TryGetProperty("reason", out var text) ? text.GetString() : null;
        return (response.StatusCode, reason);
    }
}
