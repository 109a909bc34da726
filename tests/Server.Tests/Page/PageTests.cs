using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace LowLatencyQuoter.Server.Tests.Page;

/// <summary>The page in a real browser, on a market that the test drives.</summary>
[Category(Categories.Loopback)]
[Category(Categories.Foreign)]
[NonParallelizable]
public sealed class PageTests
{
    private const int Binance = 0;
    private const int Kraken = 2;
    private Browser _browser = null!;
    private QuoterHarness _quoter = null!;

    [OneTimeSetUp]
    public async Task LaunchAsync()
    {
        Browser.Require();
        _browser = await Browser.StartAsync();
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [SetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _quoter.Market.GoLive(Kraken, depth: 3);
        _quoter.Market.GoLive(Binance, depth: 3);
        _quoter.Figures.Look();
    }

    [TearDown]
    public Task StopAsync() => _quoter.DisposeAsync().AsTask();

    [Test]
    public async Task TheBookIsShownAndFollowsTheMarket()
    {
        var (page, complaints) = await _browser.OpenAsync(_quoter.HttpAddress);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("Live");
        await Expect(page.Locator("#asks tr")).ToHaveCountAsync(6);
        await Expect(page.Locator("#bids tr")).ToHaveCountAsync(6);
        await Expect(page.Locator("#bids tr").First).ToContainTextAsync("kraken");

        _quoter.Market.Set(Kraken, Side.Bid, TestMarket.Mid - 1, 200_000_000);

        var best = page.Locator("#bids tr").First.Locator("th, td");
        await Expect(best).ToHaveTextAsync((string[])["bid", "kraken", "59999.99", "2.00000000", "2.00000000"]);
        await Expect(page.Locator("#best-bid")).ToHaveTextAsync("59999.99 kraken");
        await Expect(page.Locator("#asks tr").Last).ToContainTextAsync("60000.05");
        await Expect(page.Locator("#spread")).ToHaveTextAsync(new Regex(@"^0\.06, 0\.01 bps$"));
        await Expect(page.Locator("#crossed")).ToHaveTextAsync("normal");
        Assert.That(await page.Locator("#depth polygon").CountAsync(), Is.EqualTo(4), "two venues on two sides");
        Assert.That(await page.Locator("#latency polyline").CountAsync(), Is.EqualTo(2));
        Assert.That(complaints, Is.Empty);
    }

    [Test]
    public async Task ACrossIsShownAndAnnounced()
    {
        var (page, _) = await _browser.OpenAsync(_quoter.HttpAddress);
        await Expect(page.Locator("#crossed")).ToHaveTextAsync("normal");

        _quoter.Market.Set(Binance, Side.Bid, TestMarket.Mid + 7, 5);

        await Expect(page.Locator("#crossed")).ToHaveTextAsync("CROSSED");
        await Expect(page.Locator("#announcements")).ToContainTextAsync("BTC/USDT: crossed");
        Assert.That(await page.Locator("#announcements").GetAttributeAsync("aria-live"), Is.EqualTo("polite"));
    }

    [Test]
    public async Task AVenueThatIsLostIsSeenInItsRow()
    {
        var (page, _) = await _browser.OpenAsync(_quoter.HttpAddress);
        var row = page.Locator("#venue-rows tr").Filter(new() { HasText = "kraken" });
        await Expect(row).ToContainTextAsync("live");

        _quoter.Market.Disconnect(Kraken);
        _quoter.Clock.Nanos += 1_100_000_000;

        await Expect(row).ToContainTextAsync("disconnected");
        await Expect(page.Locator("#bids tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("#announcements")).ToContainTextAsync("kraken is disconnected");
    }

    [Test]
    public async Task AnotherInstrumentAndOtherLevelsAreChosenAndStayInTheAddress()
    {
        _quoter.Market.GoLive(3 + Kraken, depth: 9);
        var (page, _) = await _browser.OpenAsync(_quoter.HttpAddress);
        await Expect(page.Locator("#symbol option")).ToHaveCountAsync(2);

        await page.GetByLabel("Instrument").SelectOptionAsync("ETH/USDT");
        await Expect(page.Locator("#bids tr")).ToHaveCountAsync(9);
        await page.GetByLabel("Levels").SelectOptionAsync("5");
        await Expect(page.Locator("#bids tr")).ToHaveCountAsync(5);

        Assert.That(page.Url, Does.Contain("symbol=ETH%2FUSDT").And.Contain("levels=5"));
        await page.ReloadAsync();
        await Expect(page.Locator("#bids tr")).ToHaveCountAsync(5);
        await Expect(page.GetByLabel("Instrument")).ToHaveValueAsync("ETH/USDT");
    }

    [Test]
    public async Task PauseHoldsThePictureAndResumeShowsTheLatest()
    {
        var (page, _) = await _browser.OpenAsync(_quoter.HttpAddress);
        await Expect(page.Locator("#best-bid")).ToContainTextAsync("kraken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        var before = await page.Locator("#best-bid").TextContentAsync();

        _quoter.Market.Set(Kraken, Side.Bid, TestMarket.Mid - 1, 5);
        await Expect(page.Locator("body"))
            .ToHaveAttributeAsync("data-received", $"{_quoter.Pipeline.Quotes[0].Cursor}");
        Assert.That(await page.Locator("#best-bid").TextContentAsync(), Is.EqualTo(before));

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator("#best-bid")).ToHaveTextAsync("59999.99 kraken");
    }

    [Test]
    public async Task ALostServerIsSaidAndWhatIsShownIsMarkedAsOld()
    {
        var (page, _) = await _browser.OpenAsync(_quoter.HttpAddress);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("Live");

        await _quoter.StopServingAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Connection lost");
        await Expect(page.Locator("body")).ToHaveClassAsync("old");
        await Expect(page.Locator("#bids tr")).ToHaveCountAsync(6);
    }

    [Test]
    public async Task ASilentServerIsSaidToBeStale()
    {
        // The clock of this server stands still, so no status comes, and no quote either.
        var (page, _) = await _browser.OpenAsync(_quoter.HttpAddress);
        await Expect(page.Locator("#bids tr")).ToHaveCountAsync(6);
        await Expect(page.Locator("#connection")).ToContainTextAsync("Stale");

        _quoter.Market.Update(Kraken);

        await Expect(page.Locator("#connection")).ToHaveTextAsync("Live");
    }

    [Test]
    public async Task LessMotionIsHonored()
    {
        var (page, _) = await _browser.OpenAsync(
            _quoter.HttpAddress, new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        var gaps = page.EvaluateAsync<double[]>(
            """
            () => new Promise(done => {
              const times = [];
              new MutationObserver(() => times.push(Number(document.body.dataset.painted)) === 4
                && done(times.slice(1).map((time, index) => time - times[index])))
                .observe(document.body, { attributeFilter: ['data-painted'] });
            })
            """);
        await Eventually.That(
            () =>
            {
                _quoter.Market.Update(Kraken);
                return gaps.IsCompleted;
            },
            "four pictures");

        Assert.That(await gaps, Has.All.GreaterThanOrEqualTo(1_000), "milliseconds between two pictures");
    }
}
