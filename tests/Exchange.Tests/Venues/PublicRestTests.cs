using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

/// <summary>The public REST calls that clients make beside markets: currencies, tickers and further books.</summary>
[Category(Categories.Loopback)]
internal sealed class PublicRestTests
{
    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync(TestExchange.Fast() with
    {
        Instruments = ["BTC/USDT", "BTC/USD", "ETH/BTC"],
    });

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [TestCase("XXBTZUSD", "XXBTZUSD")]
    [TestCase("XBTUSD", "XXBTZUSD")]
    [TestCase("XBT/USD", "XXBTZUSD")]
    [TestCase("XBTUSDT", "XBTUSDT")]
    [TestCase("ETHXBT", "XETHXXBT")]
    public async Task KrakenDepthIsKeyedByThePairsOwnName(string asked, string key)
    {
        var answer = await _exchange.GetAsync($"/kraken/0/public/Depth?pair={asked}&count=7");

        var book = answer.GetProperty("result").GetProperty(key);
        Assert.That(book.GetProperty("bids").GetArrayLength(), Is.EqualTo(7));
        Assert.That(book.GetProperty("asks")[0].GetArrayLength(), Is.EqualTo(3));
        Assert.That(book.GetProperty("asks")[0][0].GetString(), Does.Match(@"^\d+\.\d{5}$"));
        Assert.That(book.GetProperty("asks")[0][1].GetString(), Does.Match(@"^\d+\.\d{3}$"));
    }

    [TestCase("pair=NOPE", "EQuery:Unknown asset pair")]
    [TestCase("pair=XBTUSD&count=501", "EGeneral:Invalid arguments")]
    [TestCase("", "EGeneral:Invalid arguments")]
    public async Task KrakenDepthNamesWhatIsWrong(string query, string error)
    {
        var answer = await _exchange.GetAsync($"/kraken/0/public/Depth?{query}");

        Assert.That(answer.GetProperty("error")[0].GetString(), Is.EqualTo(error));
    }

    [Test]
    public async Task KrakenAssetsHaveTheirFourLetters()
    {
        var assets = (await _exchange.GetAsync("/kraken/0/public/Assets")).GetProperty("result");

        Assert.That(
            assets.EnumerateObject().Select(asset => asset.Name),
            Is.EquivalentTo(new[] { "XXBT", "USDT", "ZUSD", "XETH" }));
        Assert.That(assets.GetProperty("XXBT").GetProperty("altname").GetString(), Is.EqualTo("XBT"));
        Assert.That(assets.GetProperty("ZUSD").GetProperty("decimals").GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public async Task BitfinexOrdersAreWhatTheLevelsCount()
    {
        var orders = await _exchange.GetAsync("/bitfinex/v2/book/tBTCUSD/R0?len=250");

        var (bids, asks) = (orders.EnumerateArray().Where(row => row[2].GetDecimal() > 0).ToList(),
            orders.EnumerateArray().Where(row => row[2].GetDecimal() < 0).ToList());
        Assert.That(bids, Has.Count.EqualTo(250));
        Assert.That(asks, Has.Count.EqualTo(250));
        Assert.That(orders.EnumerateArray().Select(row => row[0].GetInt64()), Is.Unique);
        Assert.That(bids.Select(row => row[1].GetDecimal()), Is.Ordered.Descending);
        Assert.That(asks.Select(row => row[1].GetDecimal()), Is.Ordered.Ascending);
        Assert.That(bids[0][1].GetDecimal(), Is.LessThan(asks[0][1].GetDecimal()));
    }

    [Test]
    public async Task KuCoinTickersCarryFeesAndTheTop()
    {
        var data = (await _exchange.GetAsync("/kucoin/api/v1/market/allTickers")).GetProperty("data");

        var ticker = data.GetProperty("ticker").EnumerateArray()
            .Single(ticker => ticker.GetProperty("symbol").ValueEquals("BTC-USDT"));
        Assert.That(ticker.GetProperty("takerFeeRate").GetString(), Is.EqualTo("0.001"));
        Assert.That(Decimal(ticker, "buy"), Is.LessThan(Decimal(ticker, "sell")));
        var currencies = (await _exchange.GetAsync("/kucoin/api/v3/currencies")).GetProperty("data");
        Assert.That(Texts(currencies, "currency"), Does.Contain("BTC"));
    }

    [Test]
    public async Task GateListsCurrenciesAndMarginPairs()
    {
        var currencies = await _exchange.GetAsync("/gateio/api/v4/spot/currencies");
        var pairs = await _exchange.GetAsync("/gateio/api/v4/margin/currency_pairs");

        Assert.That(Texts(currencies, "currency"), Does.Contain("BTC"));
        Assert.That(Texts(pairs, "id"), Is.EqualTo(new[] { "BTC_USDT" }));
    }

    [Test]
    public async Task CoinbaseListsCurrencies()
    {
        var currencies = await _exchange.GetAsync("/coinbase/currencies");

        Assert.That(Texts(currencies, "id"), Is.SupersetOf(new[] { "BTC", "USD" }));
    }

    [Test]
    public async Task CoinbaseAdvancedListsMoneyAndCoinsApartAndNoFutures()
    {
        var money = (await _exchange.GetAsync("/coinbase_advanced/v2/currencies")).GetProperty("data");
        var coins = (await _exchange.GetAsync("/coinbase_advanced/v2/currencies/crypto")).GetProperty("data");
        var rates = (await _exchange.GetAsync("/coinbase_advanced/v2/exchange-rates?currency=BTC")).GetProperty("data");
        var futures = await _exchange.GetAsync(
            "/coinbase_advanced/api/v3/brokerage/market/products?product_type=FUTURE&contract_expiry_type=PERPETUAL");

        Assert.That(Texts(money, "id"), Is.EqualTo(new[] { "USD" }));
        Assert.That(Texts(coins, "code"), Is.EquivalentTo(new[] { "BTC", "USDT", "ETH" }));
        Assert.That(Decimal(rates.GetProperty("rates"), "USD"), Is.EqualTo(65_010m).Within(1).Percent);
        Assert.That(futures.GetProperty("products").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task CoinbaseAdvancedBookHasAsManyLevelsAsAreAskedFor()
    {
        var answer = await _exchange.GetAsync(
            "/coinbase_advanced/api/v3/brokerage/market/product_book?product_id=BTC-USD&limit=3");

        var book = answer.GetProperty("pricebook");
        Assert.That(book.GetProperty("bids").GetArrayLength(), Is.EqualTo(3));
        var (bid, ask) = (Decimal(book.GetProperty("bids")[0], "price"), Decimal(book.GetProperty("asks")[0], "price"));
        Assert.That(Decimal(answer, "mid_market"), Is.EqualTo((bid + ask) / 2));
        Assert.That(Decimal(answer, "spread_absolute"), Is.EqualTo(ask - bid));
        using var unknown = await _exchange.RequestAsync(
            "/coinbase_advanced/api/v3/brokerage/market/product_book?product_id=NOPE");
        Assert.That((int)unknown.StatusCode, Is.EqualTo(404));
    }

    private static decimal Decimal(JsonElement parent, string name) =>
        decimal.Parse(parent.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static string?[] Texts(JsonElement list, string name) =>
        [.. list.EnumerateArray().Select(item => item.GetProperty(name).GetString())];
}
