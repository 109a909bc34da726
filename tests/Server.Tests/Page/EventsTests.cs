using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Server.Page;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Page;

/// <summary>What a client of <c>/events</c> can rely on.</summary>
[Category(Categories.Loopback)]
public sealed class EventsTests
{
    private const int Kraken = 2;
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
    public async Task TheFirstEventSaysWhatThereIs()
    {
        using var client = await EventClient.OpenAsync(_http, "?levels=5");
        Assert.That(client.Response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/event-stream"));
        Assert.That(client.Response.Headers.CacheControl?.NoStore, Is.True);

        var hello = (await client.ReadAsync())!.Value;

        Assert.That(hello.Name, Is.EqualTo("hello"));
        Assert.That(hello.Data.GetProperty("protocol").GetInt32(), Is.EqualTo(1));
        Assert.That(hello.Data.GetProperty("symbol").GetString(), Is.EqualTo("BTC/USDT"));
        Assert.That(hello.Data.GetProperty("levels").GetInt32(), Is.EqualTo(5));
        Assert.That(hello.Data.GetProperty("levelsMax").GetInt32(), Is.EqualTo(10));
        Assert.That(hello.Data.GetProperty("instruments").ToString(), Is.EqualTo("[\"BTC/USDT\",\"ETH/USDT\"]"));
        Assert.That(hello.Data.GetProperty("venues").ToString(), Is.EqualTo("[\"binance\",\"bitstamp\",\"kraken\"]"));
    }

    [Test]
    public async Task AQuoteIsExactAndWhole()
    {
        _quoter.Market.GoLive(Kraken, depth: 0);
        _quoter.Market.Set(Kraken, Side.Bid, TestMarket.Mid - 10, 123_456_789_012);
        _quoter.Market.Set(Kraken, Side.Ask, TestMarket.Mid + 15, 1);
        using var client = await EventClient.OpenAsync(_http);

        var quote = (await client.NextAsync("quote"))!.Value;

        var hello = quote.Data.GetProperty("epoch").GetString();
        Assert.That(quote.Id, Is.EqualTo($"{hello}-{_quoter.Pipeline.Quotes[0].Cursor}"));
        Assert.That(
            quote.Data.GetProperty("bids").ToString(),
            Is.EqualTo("""[{"venue":"kraken","price":"59999.9","quantity":"1234.56789012"}]"""));
        Assert.That(
            quote.Data.GetProperty("asks").ToString(),
            Is.EqualTo("""[{"venue":"kraken","price":"60000.15","quantity":"0.00000001"}]"""));
        Assert.That(quote.Data.GetProperty("spread").GetString(), Is.EqualTo("0.25"));
        Assert.That(quote.Data.GetProperty("crossed").GetBoolean(), Is.False);
        var venues = quote.Data.GetProperty("venues").EnumerateArray().Select(static venue => venue.ToString());
        Assert.That(venues, Is.EqualTo(
        [
            """{"venue":"binance","state":"disconnected","quoted":false}""",
            """{"venue":"bitstamp","state":"disconnected","quoted":false}""",
            """{"venue":"kraken","state":"live","quoted":true}""",
        ]));
        var received = long.Parse(quote.Data.GetProperty("receivedTime").GetString()!, CultureInfo.InvariantCulture);
        Assert.That(received, Is.EqualTo(1_700_000_000_000_000_000 + _quoter.Clock.Nanos));
    }

    [Test]
    public async Task AnEmptySideHasNoSpread()
    {
        _quoter.Market.GoLive(Kraken, depth: 0);
        _quoter.Market.Set(Kraken, Side.Bid, TestMarket.Mid - 10, 5);
        using var client = await EventClient.OpenAsync(_http);

        var quote = (await client.NextAsync("quote"))!.Value.Data;

        Assert.That(quote.TryGetProperty("spread", out _), Is.False);
        Assert.That(quote.TryGetProperty("crossed", out _), Is.False);
    }

    [Test]
    public async Task VenuesThatCrossEachOtherAreSaidToCross()
    {
        _quoter.Market.GoLive(Kraken);
        _quoter.Market.GoLive(0);
        _quoter.Market.Set(0, Side.Bid, TestMarket.Mid + 7, 5);
        using var client = await EventClient.OpenAsync(_http);

        var quote = (await client.NextAsync("quote"))!.Value.Data;

        Assert.That(quote.GetProperty("crossed").GetBoolean(), Is.True);
        Assert.That(quote.GetProperty("spread").GetString(), Is.EqualTo("-0.02"));
    }

    [Test]
    public async Task TheLastStateArrivesAndWhatItReplacedIsCounted()
    {
        _quoter.Market.GoLive(Kraken);
        using var client = await EventClient.OpenAsync(_http);
        var first = (await client.NextAsync("quote"))!.Value.Data;
        var (sequence, replaced) = (Number(first, "sequence"), 0L);
        var began = sequence;
        for (var update = 0; update < 500; update++)
        {
            _quoter.Market.Update(Kraken);
        }

        var events = 0;
        while (sequence < _quoter.Pipeline.Quotes[0].Cursor)
        {
            var next = (await client.NextAsync("quote"))!.Value.Data;
            events++;
            Assert.That(Number(next, "sequence"), Is.EqualTo(sequence + Number(next, "replaced") + 1));
            sequence = Number(next, "sequence");
            replaced += Number(next, "replaced");
        }

        Assert.That(replaced + events, Is.EqualTo(sequence - began), "each quote is sent or counted");
    }

    [Test]
    public async Task WhoConnectsAgainLearnsWhatItMissed()
    {
        _quoter.Market.GoLive(Kraken);
        string id;
        using (var client = await EventClient.OpenAsync(_http))
        {
            id = (await client.NextAsync("quote"))!.Value.Id;
        }

        var before = _quoter.Pipeline.Quotes[0].Cursor;
        for (var update = 0; update < 20; update++)
        {
            _quoter.Market.Update(Kraken);
        }

        using var again = await EventClient.OpenAsync(_http, lastId: id);
        var quote = (await again.NextAsync("quote"))!.Value.Data;
        Assert.That(Number(quote, "replaced"), Is.EqualTo(_quoter.Pipeline.Quotes[0].Cursor - before - 1));

        using var other = await EventClient.OpenAsync(_http, lastId: "1-0");
        Assert.That(Number((await other.NextAsync("quote"))!.Value.Data, "replaced"), Is.Zero, "of another run");
    }

    [Test]
    public async Task TheStatusComesWhateverTheQuotesDo()
    {
        _quoter.Market.GoLive(Kraken);
        _quoter.Figures.Look();
        using var client = await EventClient.OpenAsync(_http);
        var first = (await client.NextAsync("status"))!.Value.Data;
        _quoter.Clock.Nanos += 2_500_000_000;

        var second = (await client.NextAsync("status"))!.Value.Data;

        var kraken = second.GetProperty("venues")[2];
        Assert.That(kraken.GetProperty("state").GetString(), Is.EqualTo("live"));
        Assert.That(kraken.GetProperty("ageMillis").GetDouble(), Is.EqualTo(2_500));
        Assert.That(kraken.GetProperty("gaps").GetString(), Is.EqualTo("0"));
        Assert.That(kraken.GetProperty("p99Micros").GetDouble(), Is.GreaterThanOrEqualTo(0));
        Assert.That(second.GetProperty("venues")[0].TryGetProperty("ageMillis", out _), Is.False, "never heard of");
        Assert.That(second.GetProperty("quotes").GetString(), Is.EqualTo(first.GetProperty("quotes").GetString()));
    }

    [Test]
    public async Task AnotherInstrumentIsAskedForByName()
    {
        _quoter.Market.GoLive(3 + Kraken);
        using var client = await EventClient.OpenAsync(_http, "?symbol=eth/usdt&levels=3");

        var quote = (await client.NextAsync("quote"))!.Value.Data;

        Assert.That(quote.GetProperty("symbol").GetString(), Is.EqualTo("ETH/USDT"));
        Assert.That(quote.GetProperty("bids").GetArrayLength(), Is.EqualTo(3));
    }

    [TestCase("?symbol=DOGE/USDT", HttpStatusCode.NotFound, "no such symbol; there are: BTC/USDT, ETH/USDT\n")]
    [TestCase("?levels=0", HttpStatusCode.BadRequest, "levels must be 1 to 1000\n")]
    [TestCase("?levels=1001", HttpStatusCode.BadRequest, "levels must be 1 to 1000\n")]
    [TestCase("?levels=ten", HttpStatusCode.BadRequest, "levels must be 1 to 1000\n")]
    public async Task WhatIsNotThereIsRefusedWithTheReason(string query, HttpStatusCode status, string reason)
    {
        using var response = await _http.GetAsync("/events" + query);
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(reason));
    }

    [Test]
    public async Task OnlyReadingIsAllowed([Values("/", "/events", "/page/main.js")] string path)
    {
        using var response = await _http.PostAsync(path, null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(response.Content.Headers.Allow, Does.Contain("GET"));
    }

    [Test]
    public async Task ClientsAreBoundedAndAPlaceThatIsLeftIsGivenAgain()
    {
        _quoter.Market.GoLive(Kraken);
        var clients = new List<EventClient>();
        try
        {
            for (var index = 0; index < EventsEndpoint.ClientsMax; index++)
            {
                clients.Add(await EventClient.OpenAsync(_http));
                await clients[^1].ReadAsync();
            }

            using var refused = await _http.GetAsync("/events");
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(5)));

            clients[0].Dispose();
            clients.RemoveAt(0);
            await Eventually.That(() => IsTaken(), "the place is given again");
        }
        finally
        {
            clients.ForEach(static client => client.Dispose());
        }

        bool IsTaken()
        {
            using var client = EventClient.OpenAsync(_http).GetAwaiter().GetResult();
            return client.Response.StatusCode == HttpStatusCode.OK;
        }
    }

    [Test]
    public async Task AClientThatTakesNothingHoldsNobody()
    {
        _quoter.Market.GoLive(Kraken);
        using var stalled = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await stalled.ConnectAsync(IPAddress.Loopback, _quoter.HttpAddress.Port);
        await stalled.SendAsync(Encoding.ASCII.GetBytes("GET /events HTTP/1.1\r\nHost: x\r\n\r\n"));
        using var client = await EventClient.OpenAsync(_http);
        for (var round = 0; round < 20; round++)
        {
            _quoter.Market.Update(Kraken);
            var wanted = _quoter.Pipeline.Quotes[0].Cursor;
            while (Number((await client.NextAsync("quote"))!.Value.Data, "sequence") < wanted)
            {
                // those before it
            }
        }
    }

    [Test]
    public async Task AtShutdownClientsAreTold()
    {
        _quoter.Market.GoLive(Kraken);
        using var client = await EventClient.OpenAsync(_http);
        await client.NextAsync("quote");

        var stopping = _quoter.StopServingAsync();

        Assert.That((await client.NextAsync("bye"))!.Value.Data.ToString(), Is.EqualTo("""{"reason":"shutdown"}"""));
        Assert.That(await client.ReadAsync(), Is.Null);
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task WithTheInstrumentTheStreamEnds()
    {
        _quoter.Market.GoLive(3 + Kraken);
        using var client = await EventClient.OpenAsync(_http, "?symbol=ETH/USDT");
        await client.NextAsync("quote");

        _quoter.Directory.Remove(_quoter.Directory.Find("ETH/USDT")!);

        Assert.That((await client.NextAsync("bye"))!.Value.Data.ToString(), Is.EqualTo("""{"reason":"removed"}"""));
        Assert.That(await client.ReadAsync(), Is.Null);
    }

    private static long Number(global::System.Text.Json.JsonElement data, string name) =>
        long.Parse(data.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
