using System;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Membership;

/// <summary>Instruments and venues come and go, over real sockets; the others notice nothing.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class RosterTests
{
    [Test]
    public async Task ThreeInstrumentsOnAllVenuesAreLiveAndTheOneThatIsNotListedIsLeftOut()
    {
        await using var quoter = await RosterHarness.StartAsync("all", "BTC/USDT,ETH/USDT,SOL/USDT");

        await quoter.LiveAsync("BTC/USDT", 11);
        await quoter.LiveAsync("ETH/USDT", 11);
        await quoter.LiveAsync("SOL/USDT", 10);
        Assert.That(quoter.Log.Lines, Has.One.Contains("bitstamp does not list SOL/USDT (solusdt there)"));
    }

    [Test]
    public async Task AddedInstrumentGoesLiveOnElevenVenuesAndGoesAgainWhileTheBooksThereStayLive()
    {
        await using var quoter = await RosterHarness.StartAsync(
            "all", "BTC/USDT", settings: [("simulation.alsoLists", "ETH/USDT")]);
        await quoter.LiveAsync("BTC/USDT", 11);
        var bitcoin = quoter.BooksOf("BTC/USDT");
        var since = quoter.LiveSince(bitcoin);
        Assert.That(since, Has.None.EqualTo(-1));

        await AddAsync(quoter, "ETH/USDT");
        await quoter.LiveAsync("ETH/USDT", 11);
        using var stream = await quoter.Client.SendAsync(
            GrpcTestClient.BookSummary,
            [GrpcTestClient.Frame([])],
            static request => request.Headers.Add("symbol", "ETH/USDT"));
        Assert.That((await stream.ReadAsync(Orderbook.Summary.Parser))!.Bids, Is.Not.Empty);
        Assert.That(await quoter.SeriesAsync(), Has.One.EqualTo("quoter_quotes_total{instrument=\"ETH/USDT\"}"));
        await RemoveAsync(quoter, "ETH/USDT");

        Assert.That(await stream.EndAsync(), Is.EqualTo(StatusCode.NotFound));
        Assert.That(stream.Message, Is.EqualTo("ETH/USDT is quoted no more"));
        Assert.That(await quoter.SeriesAsync(), Has.None.Contains("ETH"));
        Assert.That(quoter.LiveSince(bitcoin), Is.EqualTo(since), string.Join('\n', quoter.Log.Lines));
        foreach (var book in bitcoin)
        {
            var status = quoter.Books.Statuses[book];
            var updates = status.Updates;
            Assert.That((status.Gaps, status.Resyncs, status.Faults), Is.EqualTo((0L, 0L, 0L)));
            await Testing.Eventually.HoldsAsync(
                () => status.Updates > updates,
                TimeSpan.FromSeconds(30),
                () => $"{quoter.Books.Definitions[book].Venue} stands still");
        }

        Assert.That(quoter.LiveSince(bitcoin), Is.EqualTo(since));
        Assert.That(quoter.Host.Connections.Select(static c => c.Counters.Connects), Has.All.EqualTo(1));
    }

    [TestCase(8)]
    [TestCase(100, Explicit = true, Reason = "explicit: takes a minute and a half")]
    public async Task AdditionsAndRemovalsLeaveMemoryAndMetricsAsTheyWere(int rounds)
    {
        await using var quoter = await RosterHarness.StartAsync(
            "binance,kraken",
            "BTC/USDT",
            settings: [("simulation.alsoLists", "ETH/USDT,SOL/USDT"), ("simulation.alsoServes", "okx,bitfinex")]);
        await quoter.LiveAsync("BTC/USDT", 2);
        var bitcoin = quoter.BooksOf("BTC/USDT");
        var since = quoter.LiveSince(bitcoin);
        var before = (Managed: 0L, Resident: 0L, Series: Array.Empty<string>());
        for (var round = 0; round < rounds; round++)
        {
            await AddAsync(quoter, round % 2 == 0 ? "ETH/USDT" : "SOL/USDT");
            if (round % 10 < 2)
            {
                var venue = round % 2 == 0 ? "okx" : "bitfinex";
                await CallAsync(quoter, "AddVenue", new AddVenueRequest { Venue = venue });
                await quoter.LiveAsync("BTC/USDT", 3);
                await CallAsync(quoter, "RemoveVenue", new RemoveVenueRequest { Venue = venue });
                await quoter.LiveAsync(round % 2 == 0 ? "ETH/USDT" : "SOL/USDT", 2);
            }

            await RemoveAsync(quoter, round % 2 == 0 ? "ETH/USDT" : "SOL/USDT");
            if (round == rounds / 4)
            {
                before = (GC.GetTotalMemory(true), Environment.WorkingSet, await quoter.SeriesAsync());
            }
        }

        // A quote ring has 1 MiB, its window of frames a quarter: of 74 rounds either would be seen.
        Assert.That(await quoter.SeriesAsync(), Is.EqualTo(before.Series));
        Assert.That(GC.GetTotalMemory(true) - before.Managed, Is.LessThan(12 << 20));
        Assert.That(Environment.WorkingSet - before.Resident, Is.LessThan(64 << 20));
        Assert.That(quoter.LiveSince(bitcoin), Is.EqualTo(since), string.Join('\n', quoter.Log.Lines));
        await Testing.Eventually.HoldsAsync(
            () => quoter.Books.Statuses.Count(static status => status.IsAttached) == 2,
            TimeSpan.FromSeconds(30),
            () => "the engine keeps books that nobody wants");
    }

    [Test]
    public async Task LastInstrumentOfAVenueClosesItsConnectionAndTheNextOneOpensIt()
    {
        await using var quoter = await RosterHarness.StartAsync(
            "binance,kraken",
            "BTC/USD,BTC/EUR",
            static options => options with { AllVenues = true });
        await quoter.LiveAsync("BTC/EUR", 2);
        await quoter.LiveAsync("BTC/USD", 1);
        var binance = quoter.Host.Connections.Single(static connection => connection.Venue == "binance");

        await RemoveAsync(quoter, "BTC/EUR");
        Assert.That(binance.IsConnected, Is.False);
        await AddAsync(quoter, "BTC/EUR");

        await quoter.LiveAsync("BTC/EUR", 2);
        Assert.That(binance.Counters.Connects, Is.EqualTo(2));
    }

    [Test]
    public async Task ReaderThatServesSeveralVenuesGivesOneOfThemUp()
    {
        await using var quoter = await RosterHarness.StartAsync(
            "binance,kraken,okx", "BTC/USDT", settings: [("threading.readers", "1")]);
        await quoter.LiveAsync("BTC/USDT", 3);
        var others = quoter.BooksOf("BTC/USDT")
            .Where(book => quoter.Books.Definitions[book].Venue != "kraken").ToArray();
        var since = quoter.LiveSince(others);

        await CallAsync(quoter, "RemoveVenue", new RemoveVenueRequest { Venue = "kraken" });
        Assert.That(quoter.BooksOf("BTC/USDT"), Is.EqualTo(others));
        await CallAsync(quoter, "AddVenue", new AddVenueRequest { Venue = "kraken" });

        await quoter.LiveAsync("BTC/USDT", 3);
        Assert.That(quoter.LiveSince(others), Is.EqualTo(since));
    }

    [Test]
    public async Task ReloadBringsInstrumentsAndVenuesToTheConfigurationAndNamesWhatItLeaves()
    {
        var wanted = RosterHarness.Load("binance,kraken", "BTC/USDT", null);
        await using var quoter = await RosterHarness.StartAsync(
            "binance,kraken",
            "BTC/USDT",
            load: () => wanted,
            settings: [("simulation.alsoLists", "ETH/USDT"), ("simulation.alsoServes", "okx")]);
        await quoter.LiveAsync("BTC/USDT", 2);

        wanted = RosterHarness.Load("binance,okx", "ETH/USDT", null, ("levels", "20"));
        var (status, message, report) = await quoter.CallAsync(
            "ReloadConfiguration", new ReloadConfigurationRequest(), ReloadConfigurationResponse.Parser);

        Assert.That(status, Is.EqualTo(StatusCode.Ok), message);
        Assert.That(
            report!.Applied,
            Is.EqualTo(new[]
            {
                "venue okx added", "instrument ETH/USDT added", "instrument BTC/USDT removed", "venue kraken removed",
            }));
        Assert.That(report.Left, Has.Some.StartsWith("levels stays '10' and not '20'"));
        await quoter.LiveAsync("ETH/USDT", 2);
        Assert.That(quoter.Host.Connections.Select(static c => c.Venue), Is.EqualTo(new[] { "binance", "okx" }));
        using var stream = await quoter.Client.SubscribeAsync();
        Assert.That((await stream.ReadAsync(Orderbook.Summary.Parser))!.Bids[0].Price, Is.LessThan(10_000));
    }

    [Test]
    public async Task ConfigurationWithAnErrorChangesNothing()
    {
        await using var quoter = await RosterHarness.StartAsync(
            "binance,kraken", "BTC/USDT", load: () => throw new OptionsException("quoter.json:7: levels: '0' is none"));

        var (status, message, _) = await quoter.CallAsync(
            "ReloadConfiguration", new ReloadConfigurationRequest(), ReloadConfigurationResponse.Parser);

        Assert.That((status, message), Is.EqualTo((StatusCode.InvalidArgument, "quoter.json:7: levels: '0' is none")));
        Assert.That(quoter.Log.Lines, Has.One.Contains("quoter.json:7: levels"));
        Assert.That(quoter.BooksOf("BTC/USDT"), Has.Count.EqualTo(2));
    }

    private static Task AddAsync(RosterHarness quoter, string instrument) =>
        CallAsync(quoter, "AddInstrument", new AddInstrumentRequest { Instrument = instrument });

    private static Task RemoveAsync(RosterHarness quoter, string instrument) =>
        CallAsync(quoter, "RemoveInstrument", new RemoveInstrumentRequest { Instrument = instrument });

    private static async Task CallAsync(RosterHarness quoter, string method, Google.Protobuf.IMessage request)
    {
        // Any answer will do as a parser here: unknown fields are kept.
        var (status, message, _) = await quoter.CallAsync(method, request, RemoveVenueResponse.Parser);
        Assert.That(status, Is.EqualTo(StatusCode.Ok), $"{method}: {message}");
    }
}
