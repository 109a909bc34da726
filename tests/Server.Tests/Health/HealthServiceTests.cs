using System.IO;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Health.V1;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using ServingStatus = LowLatencyQuoter.Server.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace LowLatencyQuoter.Server.Tests.Health;

[Category(Categories.Loopback)]
public sealed class HealthServiceTests
{
    private QuoterHarness _quoter = null!;
    private GrpcTestClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _client = _quoter.Client();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _quoter.DisposeAsync();
    }

    [TestCase("")]
    [TestCase("orderbook.OrderbookAggregator")]
    [TestCase("quoter.v1.QuoteService")]
    [TestCase("BTC/USDT")]
    public async Task CheckFollowsTheBooksOfTheInstrument(string service)
    {
        Assert.That(await CheckAsync(service), Is.EqualTo(ServingStatus.NotServing));
        _quoter.Market.GoLive(5);   // a book of the other instrument
        Assert.That(await CheckAsync(service), Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await CheckAsync("ETH/USDT"), Is.EqualTo(ServingStatus.Serving));
        _quoter.Market.GoLive(1);
        Assert.That(await CheckAsync(service), Is.EqualTo(ServingStatus.Serving));
        _quoter.Market.Disconnect(1);
        Assert.That(await CheckAsync(service), Is.EqualTo(ServingStatus.NotServing));
    }

    [Test]
    public async Task CheckOfAnUnknownServiceIsNotFound()
    {
        var request = new HealthCheckRequest { Service = "DOGE/USDT" };
        using var call = await _client.SendAsync(GrpcTestClient.Check, request);
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.NotFound));
        Assert.That(call.Message, Is.EqualTo("no service DOGE/USDT"));
    }

    [Test]
    public async Task ListNamesEverything()
    {
        _quoter.Market.GoLive(0);
        using var call = await _client.SendAsync("/grpc.health.v1.Health/List", new HealthListRequest());
        var list = await call.ReadAsync(HealthListResponse.Parser);
        Assert.That(
            list!.Statuses.Keys.Where(service => list.Statuses[service].Status == ServingStatus.Serving),
            Is.EquivalentTo(["", "orderbook.OrderbookAggregator", "quoter.v1.QuoteService", "BTC/USDT"]));
        Assert.That(list.Statuses["ETH/USDT"].Status, Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
    }

    [Test]
    public async Task WatchTellsAtOnceAndOnChangeAndAtTheStop()
    {
        using var call = await _client.SendAsync(GrpcTestClient.Watch, new HealthCheckRequest());
        Assert.That(await NextAsync(call), Is.EqualTo(ServingStatus.NotServing));
        _quoter.Market.GoLive(0);
        Assert.That(await NextAsync(call), Is.EqualTo(ServingStatus.Serving));
        _quoter.Market.Disconnect(0);
        Assert.That(await NextAsync(call), Is.EqualTo(ServingStatus.NotServing));
        _quoter.Market.GoLive(0);
        Assert.That(await NextAsync(call), Is.EqualTo(ServingStatus.Serving));
        var stop = _quoter.StopServingAsync();
        Assert.That(await NextAsync(call), Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Unavailable));
        await stop;
    }

    [Test]
    public async Task WatchOfAnUnknownServiceSaysSoAndGoesOn()
    {
        var request = new HealthCheckRequest { Service = "DOGE/USDT" };
        using var call = await _client.SendAsync(GrpcTestClient.Watch, request, "200m");
        Assert.That(await NextAsync(call), Is.EqualTo(ServingStatus.ServiceUnknown));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    [Category(Categories.Foreign)]
    public async Task AForeignClientChecksAndWatches()
    {
        ForeignTool.Require(
            "python3-grpcio; run scripts/install-test-clients.sh", "/usr/bin/python3", "-c", "import grpc");
        var script = Path.Combine(Repository.Root, "tests", "foreign", "python", "summaries.py");
        var address = $"127.0.0.1:{_quoter.GrpcPort}";
        using var watch = ForeignProgram.Start("/usr/bin/python3", script, address, "watch", "BTC/USDT");
        Assert.That(await watch.ReadLineAsync(), Is.EqualTo("NOT_SERVING"));
        _quoter.Market.GoLive(0);
        Assert.That(await watch.ReadLineAsync(), Is.EqualTo("SERVING"));
        using (var check = ForeignProgram.Start("/usr/bin/python3", script, address, "check", ""))
        {
            Assert.That((await check.ResultAsync())["serving"].GetString(), Is.EqualTo("SERVING"));
        }

        using (var check = ForeignProgram.Start("/usr/bin/python3", script, address, "check", "nothing"))
        {
            Assert.That((await check.ResultAsync())["status"].GetString(), Is.EqualTo("NOT_FOUND"));
        }

        await _quoter.StopServingAsync();
        Assert.That(await watch.ReadLineAsync(), Is.EqualTo("NOT_SERVING"));
        Assert.That((await watch.ResultAsync())["status"].GetString(), Is.EqualTo("UNAVAILABLE"));
    }

    private static async Task<ServingStatus?> NextAsync(GrpcTestCall call) =>
        (await call.ReadAsync(HealthCheckResponse.Parser))?.Status;

    private async Task<ServingStatus?> CheckAsync(string service)
    {
        using var call = await _client.SendAsync(GrpcTestClient.Check, new HealthCheckRequest { Service = service });
        var status = await NextAsync(call);
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
        return status;
    }
}
