using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Membership;

/// <summary>Somebody else's gRPC library changes what is quoted.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class AdminServiceTests
{
    private RosterHarness _quoter = null!;

    [SetUp]
    public async Task StartAsync() => _quoter = await RosterHarness.StartAsync(
        "binance,kraken",
        "BTC/USDT",
        settings: [("simulation.alsoLists", "ETH/USDT"), ("simulation.alsoServes", "okx")]);

    [TearDown]
    public async Task StopAsync() => await _quoter.DisposeAsync();

    [Test]
    [Category(Categories.Foreign)]
    public async Task ForeignClientAddsAndRemovesInstrumentsAndVenues()
    {
        ForeignTool.Require(
            "python3-grpcio; run scripts/install-test-clients.sh", "/usr/bin/python3", "-c", "import grpc");
        await _quoter.LiveAsync("BTC/USDT", 2);

        var added = await RunAsync("AddInstrument", "eth-usdt");
        Assert.That(added.Status, Is.EqualTo("OK"), added.Details);
        Assert.That(Texts(added.Answer, "1"), Is.EqualTo(new[] { "binance", "kraken" }));
        await _quoter.LiveAsync("ETH/USDT", 2);

        var venue = await RunAsync("AddVenue", "okx");
        Assert.That(venue.Status, Is.EqualTo("OK"), venue.Details);
        Assert.That(Texts(venue.Answer, "1"), Is.EqualTo(new[] { "BTC/USDT", "ETH/USDT" }));
        await _quoter.LiveAsync("BTC/USDT", 3);
        await _quoter.LiveAsync("ETH/USDT", 3);

        var books = (await RunAsync("ListBooks")).Answer.GetProperty("1").EnumerateArray().ToArray();
        Assert.That(books, Has.Length.EqualTo(6));
        Assert.That(books.Select(static book => Text(book, "4")), Has.All.EqualTo("live"));
        Assert.That(books.Select(static book => Text(book, "3")), Does.Contain("ETH-USDT").And.Contain("BTCUSDT"));
        var venues = (await RunAsync("ListVenues")).Answer.GetProperty("1").EnumerateArray().ToArray();
        Assert.That(
            venues.Select(static seat => Text(seat, "1")), Is.EqualTo(new[] { "binance", "kraken", "okx" }));

        Assert.That((await RunAsync("RemoveVenue", "okx")).Status, Is.EqualTo("OK"));
        Assert.That((await RunAsync("RemoveInstrument", "ETH/USDT")).Status, Is.EqualTo("OK"));
        await _quoter.LiveAsync("BTC/USDT", 2);
        Assert.That(_quoter.BooksOf("ETH/USDT"), Is.Empty);
    }

    [TestCase("-")]
    [TestCase("a-token-of-the-tests-012345678X")]
    [TestCase("a-token-of-the-tests-01234567890")]
    [Category(Categories.Foreign)]
    public async Task ForeignClientWithoutTheTokenIsUnauthenticated(string token)
    {
        ForeignTool.Require(
            "python3-grpcio; run scripts/install-test-clients.sh", "/usr/bin/python3", "-c", "import grpc");
        foreach (var method in new[] { "ListBooks", "ReloadConfiguration" })
        {
            var refused = await RunAsync(method, token: token);

            Assert.That(refused.Status, Is.EqualTo("UNAUTHENTICATED"));
            Assert.That(refused.Details, Does.Not.Contain(RosterHarness.Token));
        }

        Assert.That(await _quoter.MetricAsync("quoter_admin_refused_total"), Is.EqualTo(2));
        Assert.That(_quoter.Log.Lines, Has.None.Contains(RosterHarness.Token));
    }

    [Test]
    public async Task ErrorsNameTheThingAndTheFix()
    {
        async Task Fails(StatusCode status, string says, string method, Google.Protobuf.IMessage request)
        {
            var (found, message, _) = await _quoter.CallAsync(method, request, ReloadConfigurationResponse.Parser);
            Assert.That(found, Is.EqualTo(status), message);
            Assert.That(message, Does.Contain(says));
        }

        await Fails(StatusCode.AlreadyExists, "BTC/USDT", "AddInstrument", Instrument("BTC/USDT"));
        await Fails(StatusCode.InvalidArgument, "BASE/QUOTE", "AddInstrument", Instrument("BTC"));
        await Fails(
            StatusCode.NotFound,
            "kraken does not list BTC/USDC (BTC/USDC there); did you mean BTC/USDT?",
            "AddInstrument",
            Instrument("BTC/USDC"));
        await Fails(
            StatusCode.NotFound,
            "there are BTC/USDT",
            "RemoveInstrument",
            new RemoveInstrumentRequest { Instrument = "ETH/USDT" });
        await Fails(
            StatusCode.FailedPrecondition,
            "add another one first",
            "RemoveInstrument",
            new RemoveInstrumentRequest { Instrument = "BTC/USDT" });
        await Fails(StatusCode.InvalidArgument, "kraken", "AddVenue", new AddVenueRequest { Venue = "kracken" });
        await Fails(StatusCode.AlreadyExists, "kraken", "AddVenue", new AddVenueRequest { Venue = "kraken" });
        await Fails(
            StatusCode.FailedPrecondition,
            "simulation.alsoServes",
            "AddVenue",
            new AddVenueRequest { Venue = "bybit" });
        await Fails(
            StatusCode.InvalidArgument,
            "ws://",
            "AddVenue",
            new AddVenueRequest { Venue = "okx", Socket = "http://127.0.0.1", Rest = "http://127.0.0.1" });
        await Fails(StatusCode.NotFound, "binance, kraken", "RemoveVenue", new RemoveVenueRequest { Venue = "okx" });
        await Fails(
            StatusCode.FailedPrecondition, "configuration", "ReloadConfiguration", new ReloadConfigurationRequest());
    }

    [Test]
    public async Task QuotePortServesNoAdminServiceAndAdminPortNoQuotes()
    {
        using var admin = await _quoter.Client.SendAsync("/quoter.v1.AdminService/ListBooks", new ListBooksRequest());
        Assert.That(await admin.EndAsync(), Is.EqualTo(StatusCode.Unimplemented));
        using var quotes = await _quoter.Admin.SubscribeAsync();
        Assert.That(await quotes.EndAsync(), Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task WithoutATokenThereIsNoAdminPort()
    {
        await using var quoter = await RosterHarness.StartAsync(
            "binance", "BTC/USDT", static options => options with { AdminToken = null });

        Assert.That(quoter.Host.AdminEndpoint, Is.Null);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void TokenFileThatOthersCanReadIsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, RosterHarness.Token + "\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.That(
                () => RosterHarness.Load("binance", "BTC/USDT", null, ("adminTokenFile", file)),
                Throws.InstanceOf<OptionsException>().With.Message.Contains("chmod 600"));

            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var token = RosterHarness.Load("binance", "BTC/USDT", null, ("adminTokenFile", file)).AdminToken;
            Assert.That(token!.Is(RosterHarness.Token), Is.True);
            Assert.That(token.Is(RosterHarness.Token + "x"), Is.False);
            Assert.That(token.ToString(), Does.Not.Contain(RosterHarness.Token));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase("short")]
    [TestCase("with a blank in its midst")]
    public void TokenThatIsNoneIsRefusedWithoutBeingShown(string token) =>
        Assert.That(
            () => RosterHarness.Load("binance", "BTC/USDT", token),
            Throws.InstanceOf<OptionsException>()
                .With.Message.StartsWith(AdminToken.Variable).And.Message.Not.Contains(token));

    private static AddInstrumentRequest Instrument(string name) => new() { Instrument = name };

    private async Task<(string Status, string Details, JsonElement Answer)> RunAsync(
        string method, string? text = null, string token = RosterHarness.Token)
    {
        var script = Path.Combine(Repository.Root, "tests", "foreign", "python", "admin.py");
        string[] texts = text is null ? [] : [text];
        using var program = ForeignProgram.Start(
            "/usr/bin/python3", [script, _quoter.Host.AdminEndpoint!, token, method, .. texts]);
        Dictionary<string, JsonElement> result = await program.ResultAsync();
        return (result["status"].GetString()!, result["details"].GetString()!, result["answer"]);
    }

    private static string?[] Texts(JsonElement answer, string field) =>
        [.. answer.GetProperty(field).EnumerateArray().Select(static text => text.GetString())];

    private static string? Text(JsonElement message, string field) => message.GetProperty(field)[0].GetString();
}
