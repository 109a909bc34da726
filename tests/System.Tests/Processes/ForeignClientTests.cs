using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>gRPC libraries of others against the whole program, from the simulated venues to the stream.</summary>
[Category(Categories.Foreign)]
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class ForeignClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string Foreign = Path.Combine(Repository.Root, "tests", "foreign");
    private static readonly string Modules = Path.Combine(Repository.Root, "artifacts", "foreign", "node");
    private static readonly string[] Venues =
    [
        "binance", "bitfinex", "bitstamp", "bybit", "coinbase", "coinbase_advanced", "cryptocom", "gateio", "kraken",
        "kucoin", "okx",
    ];

    private QuoterProcess _quoter = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        ForeignTool.Require(
            "python3-grpcio for /usr/bin/python3 (scripts/install-test-clients.sh)",
            "/usr/bin/python3",
            "-c",
            "import grpc");
        ForeignTool.Require(
            "@grpc/grpc-js (scripts/install-test-clients.sh)",
            "node", "-e", $"require('{Path.Combine(Modules, "node_modules", "@grpc/grpc-js")}')");
        _quoter = await QuoterProcess.StartAsync("--rate", "30");
        await _quoter.BooksLiveAsync(Venues.Length);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _quoter.DisposeAsync();

    [TestCase("python")]
    [TestCase("node")]
    public async Task AThousandSummariesObeyTheRulesAndRestOnAllVenues(string language)
    {
        var found = await RunAsync(language, "summaries", "1000", "10");

        Assert.That(found.GetProperty("summaries").GetInt32(), Is.EqualTo(1_000));
        Assert.That(
            found.GetProperty("venues").EnumerateArray().Select(static venue => venue.GetString()),
            Is.EqualTo(Venues));
    }

    [TestCase("python", "deadline", "DEADLINE_EXCEEDED", "0.5")]
    [TestCase("node", "deadline", "DEADLINE_EXCEEDED", "0.5")]
    [TestCase("python", "cancel", "CANCELLED")]
    [TestCase("node", "cancel", "CANCELLED")]
    [TestCase("python", "unknown", "UNIMPLEMENTED")]
    [TestCase("node", "unknown", "UNIMPLEMENTED")]
    public async Task CallsEndWithTheRightStatus(string language, string verb, string status, params string[] words)
    {
        var found = await RunAsync(language, [verb, .. words]);

        Assert.That(found.GetProperty("status").GetString(), Is.EqualTo(status));
    }

    private async Task<JsonElement> RunAsync(string language, params string[] words)
    {
        var proto = Path.Combine(Repository.Root, "server", "Protos", "orderbook.proto");
        await using var program = language == "python"
            ? RunningProgram.Start(
                "/usr/bin/python3", [Path.Combine(Foreign, "python", "summaries.py"), _quoter.Grpc, .. words])
            : RunningProgram.Start(
                "node", [Path.Combine(Foreign, "node", "summaries.js"), Modules, proto, _quoter.Grpc, .. words]);
        var exit = await program.ExitAsync(Limit);
        Assert.That(exit, Is.Zero, $"{program.Output}{program.Errors}");
        return JsonDocument.Parse(program.Output.Trim().Split('\n')[^1]).RootElement;
    }
}
