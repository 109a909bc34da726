using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using LowLatencyQuoter.Server.Reflection.V1;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Reflection;

/// <summary>What the server says about itself, under both names of the service.</summary>
[TestFixture("v1")]
[TestFixture("v1alpha")]
[Category(Categories.Loopback)]
public sealed class ReflectionServiceTests(string version)
{
    private readonly string _path = $"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo";
    private QuoterHarness _quoter = null!;
    private GrpcTestClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _client = _quoter.Client();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _quoter.DisposeAsync();
    }

    [Test]
    public async Task EveryServiceIsListedAndDescribed()
    {
        var list = await AskAsync(new ServerReflectionRequest { ListServices = "*" });
        var names = list.ListServicesResponse.Service.Select(static service => service.Name).ToArray();
        Assert.That(
            names,
            Is.EqualTo(
            [
                "grpc.health.v1.Health",
                "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection",
                "orderbook.OrderbookAggregator",
                "quoter.v1.QuoteService",
            ]));
        foreach (var name in names)
        {
            var found = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = name });
            Assert.That(Services(found), Has.Some.EqualTo(name));
        }
    }

    [TestCase("quoter.v1.QuoteService.StreamQuotes", "quoter/v1/quotes.proto")]
    [TestCase("quoter.v1.Quote", "quoter/v1/quotes.proto")]
    [TestCase("quoter.v1.Quote.price_scale", "quoter/v1/quotes.proto")]
    [TestCase("quoter.v1.BookState.LIVE", null)]
    [TestCase("quoter.v1.LIVE", "quoter/v1/quotes.proto")]
    [TestCase("quoter.v1.StreamQuotesResponse.event", "quoter/v1/quotes.proto")]
    [TestCase("grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto")]
    [TestCase("quoter.v1.AdminService", null)]
    [TestCase("nothing", null)]
    public async Task ASymbolIsFoundInItsFile(string symbol, string? file)
    {
        var found = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        if (file is null)
        {
            Assert.That(
                (found.ErrorResponse.ErrorCode, found.ErrorResponse.ErrorMessage),
                Is.EqualTo(((int)StatusCode.NotFound, $"no symbol {symbol}")));
        }
        else
        {
            Assert.That(Files(found)[0].Name, Is.EqualTo(file));
        }
    }

    [Test]
    public async Task AFileIsFoundByItsName()
    {
        var found = await AskAsync(new ServerReflectionRequest { FileByFilename = "orderbook.proto" });
        var messages = Files(found).Single().MessageType.Select(static one => one.Name);
        Assert.That(messages, Is.EqualTo(["Empty", "Summary", "Level"]));
        var missing = await AskAsync(new ServerReflectionRequest { FileByFilename = "nothing.proto" });
        Assert.That(missing.ErrorResponse.ErrorMessage, Is.EqualTo("no file nothing.proto"));
    }

    [Test]
    public async Task ExtensionsAreAnsweredThoughThereAreNone()
    {
        var numbers = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "quoter.v1.Quote" });
        Assert.That(numbers.AllExtensionNumbersResponse.BaseTypeName, Is.EqualTo("quoter.v1.Quote"));
        Assert.That(numbers.AllExtensionNumbersResponse.ExtensionNumber, Is.Empty);
        var unknown = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "nothing" });
        Assert.That(unknown.ErrorResponse.ErrorMessage, Is.EqualTo("no message nothing"));
        var extension = new ExtensionRequest { ContainingType = "quoter.v1.Quote", ExtensionNumber = 100 };
        var one = await AskAsync(new ServerReflectionRequest { FileContainingExtension = extension });
        Assert.That(one.ErrorResponse.ErrorMessage, Is.EqualTo("no extension 100 of quoter.v1.Quote"));
    }

    [Test]
    public async Task ARequestForNothingIsAnError()
    {
        var answer = await AskAsync(new ServerReflectionRequest { Host = "here" });
        Assert.That(answer.ErrorResponse.ErrorCode, Is.EqualTo((int)StatusCode.InvalidArgument));
        Assert.That((answer.ValidHost, answer.OriginalRequest.Host), Is.EqualTo(("here", "here")));
    }

    [Test]
    public async Task OneStreamTakesManyRequests()
    {
        var frame = GrpcTestClient.Frame(new ServerReflectionRequest { ListServices = "*" }.ToByteArray());
        using var call = await _client.SendAsync(_path, [.. Enumerable.Repeat(frame, 50)]);
        for (var answer = 0; answer < 50; answer++)
        {
            var message = await call.ReadAsync(ServerReflectionResponse.Parser);
            Assert.That(message!.ListServicesResponse.Service, Has.Count.EqualTo(5));
        }

        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
    }

    [Test]
    [Category(Categories.Foreign)]
    public async Task AForeignClientThatKnowsNothingCallsEverything()
    {
        ForeignTool.Require(
            "python3-grpcio and python3-protobuf; run scripts/install-test-clients.sh",
            "/usr/bin/python3", "-c", "import grpc, google.protobuf");
        _quoter.Market.GoLive();
        var script = Path.Combine(Repository.Root, "tests", "foreign", "python", "quotes.py");
        using var program = ForeignProgram.Start("/usr/bin/python3", script, $"127.0.0.1:{_quoter.GrpcPort}", version);
        var result = await program.ResultAsync();
        Assert.That(
            result["services"].EnumerateArray().Select(static one => one.GetString()),
            Has.Some.EqualTo("quoter.v1.QuoteService"));
        Assert.That(
            result["instruments"].EnumerateArray().Select(static one => one.GetString()),
            Is.EqualTo(["BTC/USDT", "ETH/USDT"]));
        Assert.That(result["levels"].GetInt32(), Is.EqualTo(5));
        Assert.That(result["streamed"].GetString(), Is.EqualTo("ETH/USDT"));
        Assert.That(result["books"].GetInt32(), Is.EqualTo(6));
        Assert.That(result["health"].GetString(), Is.EqualTo("SERVING"));
        Assert.That(result["summary"].GetInt32(), Is.EqualTo(10));
        Assert.That(result["refused"].GetString(), Is.EqualTo("NOT_FOUND"));
    }

    [Test]
    [Category(Categories.Foreign)]
    public async Task NodeChecksHealthAndReadsQuotes()
    {
        var modules = Path.Combine(Repository.Root, "artifacts", "foreign", "node");
        ForeignTool.Require(
            "@grpc/grpc-js; run scripts/install-test-clients.sh",
            "node", "-e", $"require('{modules}/node_modules/@grpc/grpc-js')");
        _quoter.Market.GoLive();
        var script = Path.Combine(Repository.Root, "tests", "foreign", "node", "quotes.js");
        using var program = ForeignProgram.Start(
            "node", script, modules, Path.Combine(Repository.Root, "server", "Protos"),
            $"127.0.0.1:{_quoter.GrpcPort}", version);
        var result = await program.ResultAsync();
        Assert.That(result["health"].GetString(), Is.EqualTo("SERVING"));
        Assert.That(result["services"].GetInt32(), Is.EqualTo(5));
        Assert.That(result["listed"].GetInt32(), Is.EqualTo(5), "all, two services and two instruments");
        Assert.That(result["levels"].GetInt32(), Is.EqualTo(5));
        Assert.That(result["zipped"].GetInt32(), Is.EqualTo(10));
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var call = await _client.SendAsync(_path, request);
        var answer = await call.ReadAsync(ServerReflectionResponse.Parser);
        Assert.That(answer!.OriginalRequest, Is.EqualTo(request));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
        return answer;
    }

    private static FileDescriptorProto[] Files(ServerReflectionResponse found) =>
    [
        .. found.FileDescriptorResponse.FileDescriptorProto.Select(
            static file => FileDescriptorProto.Parser.ParseFrom(file)),
    ];

    private static string[] Services(ServerReflectionResponse found) =>
    [
        .. Files(found).SelectMany(static file => file.Service.Select(service => $"{file.Package}.{service.Name}")),
    ];
}
