using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Grpc;

/// <summary>Other people's gRPC libraries read from the server.</summary>
[TestFixture("python")]
[TestFixture("node")]
[Category(Categories.Loopback)]
[Category(Categories.Foreign)]
public sealed class ForeignClientTests(string language)
{
    private static readonly string Modules = Path.Combine(Repository.Root, "artifacts", "foreign", "node");
    private QuoterHarness _quoter = null!;

    [SetUp]
    public async Task StartAsync()
    {
        if (language == "python")
        {
            ForeignTool.Require(
                "python3-grpcio; run scripts/install-test-clients.sh", "/usr/bin/python3", "-c", "import grpc");
        }
        else
        {
            ForeignTool.Require(
                "@grpc/grpc-js; run scripts/install-test-clients.sh",
                "node", "-e", $"require('{Modules}/node_modules/@grpc/grpc-js')");
        }

        _quoter = await QuoterHarness.StartAsync();
        _quoter.Market.GoLive();
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_quoter is not null)
        {
            await _quoter.DisposeAsync();
        }
    }

    [Test]
    public async Task AThousandSummariesObeyTheRules()
    {
        var result = await RunAsync("summaries", "1000", "10");
        Assert.That(result["summaries"].GetInt32(), Is.EqualTo(1_000));
        Assert.That(
            result["venues"].EnumerateArray().Select(static venue => venue.GetString()),
            Is.EqualTo(["binance", "bitstamp", "kraken"]));
        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "the subscription is gone");
    }

    [Test]
    public async Task ADeadlineIsExceeded()
    {
        Assert.That(Status(await RunAsync("deadline", "0.3")), Is.EqualTo("DEADLINE_EXCEEDED"));
        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "the subscription is gone");
    }

    [Test]
    public async Task ACancellationEndsTheSubscription()
    {
        Assert.That(Status(await RunAsync("cancel")), Is.EqualTo("CANCELLED"));
        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "the subscription is gone");
        Assert.That(_quoter.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task AnUnknownMethodIsUnimplemented()
    {
        var result = await RunAsync("unknown");
        Assert.That(Status(result), Is.EqualTo("UNIMPLEMENTED"));
        Assert.That(
            result["details"].GetString(), Is.EqualTo("service orderbook.OrderbookAggregator has no method Nothing"));
    }

    private static string? Status(Dictionary<string, JsonElement> result) => result["status"].GetString();

    /// <summary>Runs the client while the market moves.</summary>
    private async Task<Dictionary<string, JsonElement>> RunAsync(params string[] arguments)
    {
        var address = $"127.0.0.1:{_quoter.GrpcPort}";
        var foreign = Path.Combine(Repository.Root, "tests", "foreign");
        var python = Path.Combine(foreign, "python", "summaries.py");
        var node = Path.Combine(foreign, "node", "summaries.js");
        var proto = Path.Combine(Repository.Root, "server", "Protos", "orderbook.proto");
        using var program = language == "python"
            ? ForeignProgram.Start("/usr/bin/python3", [python, address, .. arguments])
            : ForeignProgram.Start("node", [node, Modules, proto, address, .. arguments]);
        var result = program.ResultAsync();
        for (var update = 0; !result.IsCompleted; update++)
        {
            _quoter.Market.Update(update % 3);
            if (update % 4 == 0)
            {
                await Task.Delay(1);
            }
        }

        return await result;
    }
}
