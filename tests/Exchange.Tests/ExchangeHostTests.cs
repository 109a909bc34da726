using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues;
using LowLatencyQuoter.Exchange.Venues.Bitfinex;
using LowLatencyQuoter.Exchange.Venues.Coinbase;
using LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;
using LowLatencyQuoter.Exchange.Venues.Cryptocom;
using LowLatencyQuoter.Exchange.Venues.Gateio;
using LowLatencyQuoter.Exchange.Venues.KuCoin;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests;

[Category(Categories.Loopback)]
internal sealed class ExchangeHostTests
{
    [Test]
    public async Task CertificateMakesItSpeakTls()
    {
        using var certificate = TestCertificate.Make();
        await using var host = await ExchangeHost.StartAsync(TestExchange.Fast() with { Certificate = certificate });
        Assert.That(host.BaseAddress.Scheme, Is.EqualTo("https"));
        Assert.That(host.WebSocketAddress("kraken").AbsoluteUri, Is.EqualTo($"wss://127.0.0.1:{host.Port}/kraken"));
        using var socket = await TestSocket.ConnectAsync(
            new Uri(host.WebSocketAddress("kraken").AbsoluteUri + "/v2"),
            options => options.RemoteCertificateValidationCallback =
                (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString());
        Assert.That((await socket.ReceiveAsync()).GetProperty("channel").GetString(), Is.EqualTo("status"));
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback =
                (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString(),
        };
        using var http = new HttpClient(handler) { BaseAddress = host.BaseAddress };
        var body = await http.GetStringAsync(new Uri("/binance/api/v3/time", UriKind.Relative));
        Assert.That(body, Does.StartWith("{\"serverTime\":"));
    }

    [Test]
    public async Task TakenPortIsNamed()
    {
        await using var first = await ExchangeHost.StartAsync(TestExchange.Fast());
        var failure = await Assert.ThrowsAsync<PortTakenException>(
            () => ExchangeHost.StartAsync(TestExchange.Fast() with { Port = first.Port }));
        Assert.That(failure!.Message, Does.Contain($"port {first.Port} of 127.0.0.1 is taken"));
        Assert.That(failure.Port, Is.EqualTo(first.Port));
    }

    [Test]
    public async Task EveryVenueListsTheTwoCommonInstruments()
    {
        await using var exchange = await TestExchange.StartAsync(new ExchangeOptions());
        Assert.That(
            exchange.Host.Venues,
            Is.EqualTo(new[]
            {
                "binance", "bitstamp", "coinbase", "coinbase_advanced", "kraken", "okx", "bybit", "kucoin", "gateio",
                "bitfinex", "cryptocom",
            }));
        var binance = (await exchange.GetAsync("/binance/api/v3/exchangeInfo")).GetProperty("symbols").EnumerateArray()
            .Select(symbol => symbol.GetProperty("symbol").GetString());
        Assert.That(binance, Is.SupersetOf(new[] { "BTCUSDT", "ETHUSDT" }));
        var bitstamp = (await exchange.GetAsync("/bitstamp/api/v2/markets/")).EnumerateArray()
            .Select(market => market.GetProperty("market_symbol").GetString());
        Assert.That(bitstamp, Is.SupersetOf(new[] { "btcusdt", "ethusdt", "btcusd", "ethusd" }));
        var coinbase = (await exchange.GetAsync("/coinbase/products")).EnumerateArray()
            .Select(product => product.GetProperty("id").GetString());
        Assert.That(coinbase, Is.SupersetOf(new[] { "BTC-USDT", "ETH-USDT", "BTC-USD", "ETH-USD" }));
        var advanced = (await exchange.GetAsync("/coinbase_advanced/api/v3/brokerage/market/products"))
            .GetProperty("products").EnumerateArray().Select(product => product.GetProperty("product_id").GetString());
        Assert.That(advanced, Is.SupersetOf(new[] { "BTC-USDT", "ETH-USDT", "BTC-USD", "ETH-USD" }));
        var kraken = (await exchange.GetAsync("/kraken/0/public/AssetPairs")).GetProperty("result").EnumerateObject()
            .Select(pair => pair.Name);
        Assert.That(kraken, Is.SupersetOf(new[] { "XBTUSDT", "ETHUSDT", "XXBTZUSD", "XETHZUSD" }));
        var okx = (await exchange.GetAsync("/okx/api/v5/public/instruments?instType=SPOT")).GetProperty("data")
            .EnumerateArray().Select(instrument => instrument.GetProperty("instId").GetString());
        Assert.That(okx, Is.SupersetOf(new[] { "BTC-USDT", "ETH-USDT" }));
        var bybit = (await exchange.GetAsync("/bybit/v5/market/instruments-info?category=spot")).GetProperty("result")
            .GetProperty("list").EnumerateArray().Select(instrument => instrument.GetProperty("symbol").GetString());
        Assert.That(bybit, Is.SupersetOf(new[] { "BTCUSDT", "ETHUSDT" }));
        var kucoin = (await exchange.GetAsync("/kucoin/api/v2/symbols")).GetProperty("data").EnumerateArray()
            .Select(symbol => symbol.GetProperty("symbol").GetString());
        Assert.That(kucoin, Is.SupersetOf(new[] { "BTC-USDT", "ETH-USDT" }));
        var gateio = (await exchange.GetAsync("/gateio/api/v4/spot/currency_pairs")).EnumerateArray()
            .Select(pair => pair.GetProperty("id").GetString());
        Assert.That(gateio, Is.SupersetOf(new[] { "BTC_USDT", "ETH_USDT" }));
        var bitfinex = (await exchange.GetAsync("/bitfinex/v2/conf/pub:list:pair:exchange"))[0].EnumerateArray()
            .Select(pair => pair.GetString());
        Assert.That(bitfinex, Is.SupersetOf(new[] { "BTCUST", "ETHUST" }));
        var cryptocom = (await exchange.GetAsync("/cryptocom/exchange/v1/public/get-instruments"))
            .GetProperty("result").GetProperty("data").EnumerateArray()
            .Select(instrument => instrument.GetProperty("symbol").GetString());
        Assert.That(cryptocom, Is.SupersetOf(new[] { "BTC_USDT", "ETH_USDT" }));
    }

    [Test]
    public async Task OnlyTheVenuesAskedForAreServed()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with { Venues = ["kraken"] });
        using var response = await exchange.RequestAsync("/binance/api/v3/time");
        Assert.That((int)response.StatusCode, Is.EqualTo(404));
        Assert.That(
            () => exchange.Host.WebSocketAddress("binance"),
            Throws.ArgumentException.With.Message.Contains("venue 'binance' is not served: choose from kraken"));
    }

    [Test]
    public async Task SeedDecidesTheBooks()
    {
        var bodies = new string[3];
        for (var i = 0; i < 3; i++)
        {
            await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
            {
                Seed = i < 2 ? 5 : 6,
                Clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50)),
            });
            bodies[i] = await exchange.Http.GetStringAsync(
                new Uri("/bitstamp/api/v2/order_book/btcusdt/", UriKind.Relative));
        }

        Assert.That(bodies[1] == bodies[0], Is.True, "one seed, one book");
        Assert.That(bodies[2] == bodies[0], Is.False, "another seed, another book");
    }

    [TestCase("kranken", "unknown venue 'kranken'")]
    public async Task VenueThatCannotBeServedIsAnError(string venue, string problem) => await Assert.ThatAsync(
        () => ExchangeHost.StartAsync(new ExchangeOptions { Venues = [venue] }),
        Throws.TypeOf<ExchangeConfigurationException>().With.Message.EqualTo(
            $"{problem}: choose from {string.Join(", ", VenueRegistry.All.Select(served => served.Name))}"));

    [Test]
    public async Task GateIsAnotherNameOfGateio()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with { Venues = ["gate"] });
        Assert.That(exchange.Host.Venues, Is.EqualTo(new[] { "gateio" }));
    }

    [Test]
    public async Task OptionsOutOfRangeAreErrors()
    {
        await RefusedAsync(
            new ExchangeOptions { Coinbase = new CoinbaseSettings { ConnectionBurst = 0 } }, "limit of coinbase ");
        await RefusedAsync(
            new ExchangeOptions { CoinbaseAdvanced = new CoinbaseAdvancedSettings { MessagesPerSecond = 0 } },
            "limit of coinbase_advanced");
        await RefusedAsync(
            new ExchangeOptions { KuCoin = new KuCoinLimits { SymbolsPerTopic = 0 } }, "limit of kucoin");
        await RefusedAsync(
            new ExchangeOptions { Gateio = new GateioLimits { RequestsPerTenSeconds = 0 } }, "limit of gateio");
        await RefusedAsync(
            new ExchangeOptions { Bitfinex = new BitfinexSettings { ChannelsPerSocket = 0 } }, "limit of bitfinex");
        await RefusedAsync(
            new ExchangeOptions { Cryptocom = new CryptocomSettings { RequestsPerSecond = 0 } }, "limit of cryptocom");
        await RefusedAsync(new ExchangeOptions { Rate = 0 }, "rate 0");
        await RefusedAsync(new ExchangeOptions { Port = 70_000 }, "port 70000");
        await RefusedAsync(new ExchangeOptions { Instruments = ["BTC/DOGE"] }, "unknown instrument 'BTC/DOGE'");
        await RefusedAsync(new ExchangeOptions { Hostname = "no.such.host.invalid" }, "no.such.host.invalid");
    }

    private static Task RefusedAsync(ExchangeOptions options, string message) => Assert.ThatAsync(
        () => ExchangeHost.StartAsync(options),
        Throws.TypeOf<ExchangeConfigurationException>().With.Message.Contains(message));
}
