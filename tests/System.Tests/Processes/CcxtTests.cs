using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>
/// A market data library of others reads all simulated venues, told nothing but other addresses: what it and the venues
/// agree on is no misunderstanding that feeds and simulation share.
/// </summary>
[Category(Categories.Foreign)]
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class CcxtTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(240);
    private static readonly string Modules = Path.Combine(Repository.Root, "artifacts", "foreign", "node");

    /// <summary>Variables that would send the library through a proxy; an empty one counts as none.</summary>
    private static readonly string[] Proxies =
        ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    private static readonly string[] Venues =
    [
        "binance", "bitstamp", "coinbase", "coinbase_advanced", "kraken", "okx", "bybit", "kucoin", "gateio",
        "bitfinex", "cryptocom",
    ];

    private Dictionary<string, JsonElement> _answers = [];

    [OneTimeSetUp]
    public async Task AskAllVenuesAtOnce()
    {
        ForeignTool.Require(
            "ccxt (scripts/install-test-clients.sh)",
            "node", "-e", $"require('node:module').createRequire('{Modules}/')('ccxt')");
        await using var exchange = RunningProgram.StartOurs(
            "exchange", "--port", "0", "--hostname", "127.0.0.1", "--json");
        var ready = await exchange.LineAsync("{", Limit);
        var port = JsonDocument.Parse(ready).RootElement.GetProperty("port").GetInt32();
        await using var ccxt = RunningProgram.Start(
            "node",
            [
                Path.Combine(Repository.Root, "tests", "foreign", "node", "ccxt-books.js"), Modules,
                $"127.0.0.1:{port}", .. Venues,
            ],
            [.. Proxies.Select(static name => (name, string.Empty))]);
        await ccxt.ExitAsync(Limit);
        _answers = ccxt.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(static answer => answer.GetProperty("venue").GetString()!);
        Assert.That(_answers.Keys, Is.EquivalentTo(Venues), ccxt.Errors);
    }

    /// <summary>The precision is what the venue declares: steps, or for Bitfinex digits and decimals.</summary>
    [TestCase("binance", "BTC/USDT", "0.01", "0.00001")]
    [TestCase("bitstamp", "BTC/USDT", "1", "0.00000001")]
    [TestCase("coinbase", "BTC/USDT", "0.01", "0.00000001")]
    [TestCase("coinbase_advanced", "BTC/USDT", "0.01", "0.00000001")]
    [TestCase("kraken", "BTC/USDT", "0.1", "0.00000001")]
    [TestCase("okx", "BTC/USDT", "0.1", "0.00000001")]
    [TestCase("bybit", "BTC/USDT", "0.01", "0.000001")]
    [TestCase("kucoin", "BTC/USDT", "0.1", "0.000001")]
    [TestCase("gateio", "BTC/USDT", "0.1", "0.000001")]
    [TestCase("bitfinex", "BTC/USDT", "5", "8")]
    [TestCase("cryptocom", "BTC/USDT", "0.01", "0.00001")]
    public void MarketsHaveTheDeclaredPrecision(string venue, string symbol, string price, string amount)
    {
        var answer = AnswerOf(venue);

        Assert.That(answer.GetProperty("symbol").GetString(), Is.EqualTo(symbol));
        Assert.That(answer.GetProperty("price").GetDecimal(), Is.EqualTo(Number(price)));
        Assert.That(answer.GetProperty("amount").GetDecimal(), Is.EqualTo(Number(amount)));
    }

    [TestCaseSource(nameof(Venues))]
    public void FetchedBookIsSortedAndNotCrossed(string venue)
    {
        AssertIsBook(AnswerOf(venue).GetProperty("rest"));
    }

    [TestCaseSource(nameof(Venues))]
    public void FiveDifferentBooksAreWatchedAndEachIsSortedAndNotCrossed(string venue)
    {
        var books = AnswerOf(venue).GetProperty("watched").EnumerateArray().ToList();

        Assert.That(books.Select(static book => book.GetRawText()).Distinct().Count(), Is.GreaterThanOrEqualTo(5));
        foreach (var book in books)
        {
            AssertIsBook(book);
        }
    }

    /// <summary>Two ways to the same book: a misread scale or a wrong side would part them.</summary>
    [TestCaseSource(nameof(Venues))]
    public void WatchedBookStandsWhereTheFetchedOneStood(string venue)
    {
        var answer = AnswerOf(venue);
        var fetched = Prices(answer.GetProperty("rest"), "bids")[0];
        foreach (var book in answer.GetProperty("watched").EnumerateArray())
        {
            Assert.That(Prices(book, "bids")[0], Is.EqualTo(fetched).Within(1).Percent);
        }
    }

    private JsonElement AnswerOf(string venue)
    {
        var answer = _answers[venue];
        Assert.That(answer.TryGetProperty("error", out var error), Is.False, error.ToString());
        return answer;
    }

    private static void AssertIsBook(JsonElement book)
    {
        var (bids, asks) = (Prices(book, "bids"), Prices(book, "asks"));
        Assert.That(bids, Is.Not.Empty);
        Assert.That(asks, Is.Not.Empty);
        Assert.That(bids, Is.Ordered.Descending);
        Assert.That(asks, Is.Ordered.Ascending);
        Assert.That(bids[0], Is.LessThan(asks[0]), "crossed");
    }

    private static List<decimal> Prices(JsonElement book, string side) =>
        [.. book.GetProperty(side).EnumerateArray().Select(static row => row[0].GetDecimal())];

    private static decimal Number(string text) =>
        decimal.Parse(text, global::System.Globalization.CultureInfo.InvariantCulture);
}
