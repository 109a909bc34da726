using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace LowLatencyQuoter.Server.Tests.Page;

/// <summary>The page by keyboard, by screen reader, in both themes and on a telephone.</summary>
[Category(Categories.Loopback)]
[Category(Categories.Foreign)]
[NonParallelizable]
public sealed class AccessibilityTests
{
    private Browser _browser = null!;
    private QuoterHarness _quoter = null!;

    [OneTimeSetUp]
    public async Task LaunchAsync()
    {
        Browser.Require();
        _browser = await Browser.StartAsync();
        _quoter = await QuoterHarness.StartAsync();
        _quoter.Market.GoLive(0);
        _quoter.Market.GoLive(2);
        _quoter.Figures.Look();
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_quoter is not null)
        {
            await _quoter.DisposeAsync();
        }
    }

    [Test]
    public async Task NothingIsInTheWay(
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme, [Values(1_280, 360)] int width)
    {
        var page = await OpenAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        var script = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "tests", "Server.Tests", "Page", "Accessibility.js"));

        Assert.That(await page.EvaluateAsync<string[]>(script), Is.Empty);
        var hidden = await page.EvaluateAsync<int>("() => document.scrollingElement.scrollWidth - innerWidth");
        Assert.That(hidden, Is.Zero, "nothing stands beyond the right edge");
    }

    [Test]
    public async Task TheChecksFindWhatIsWrong()
    {
        var page = await OpenAsync();
        await page.EvaluateAsync(
            """
            () => {
              document.querySelector('h1').style.color = '#888';
              document.querySelector('#pause').textContent = '';
              document.querySelector('#depth').removeAttribute('role');
              document.querySelector('main').append(document.createElement('select'));
            }
            """);
        var script = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "tests", "Server.Tests", "Page", "Accessibility.js"));

        var found = await page.EvaluateAsync<string[]>(script);

        foreach (var finding in (string[])
            ["contrast ", "no name: <button", "no name or description: depth", "no label"])
        {
            Assert.That(found, Has.Some.StartsWith(finding));
        }
    }

    [Test]
    public async Task EveryControlIsReachedByKeyboardAndSeenToHaveTheFocus()
    {
        var page = await OpenAsync();
        var reached = new List<string>();
        for (var press = 0; press < 8; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>(
                "() => document.activeElement.id || document.activeElement.getAttribute('href')"));
            var outline = await page.EvaluateAsync<string>(
                "() => getComputedStyle(document.activeElement).outlineStyle + innerWidth");
            Assert.That(outline, Does.StartWith("solid"), reached[^1]);
        }

        string[] expected = ["#book", "symbol", "levels", "theme", "announce", "pause", "/metrics", "/readyz"];
        Assert.That(reached, Is.EqualTo(expected));
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume", Pressed = true })).ToBeVisibleAsync();
    }

    [Test]
    public async Task AScreenReaderFindsLandmarksTablesAndTheState()
    {
        var page = await OpenAsync();
        foreach (var role in (AriaRole[])[AriaRole.Banner, AriaRole.Main, AriaRole.Contentinfo, AriaRole.Status])
        {
            await Expect(page.GetByRole(role)).ToHaveCountAsync(1);
        }

        foreach (var region in (string[])
            ["Best prices", "Book", "Depth by venue", "Venues", "Latency from message to quote"])
        {
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = region, Exact = true })).ToHaveCountAsync(1);
        }

        var health = page.GetByRole(AriaRole.Table, new() { Name = "Health of each venue's book of this instrument" });
        var headings = await health.GetByRole(AriaRole.Columnheader).AllTextContentsAsync();
        Assert.That(headings.Select(static text => text.Trim()), Is.EqualTo(
            (string[])["Venue", "State", "Age", "msg/s", "Gaps", "p99"]));
        await Expect(health.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(3);
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Depth by venue" })).ToHaveCountAsync(1);
        await Expect(page.Locator("#depth-text")).ToContainTextAsync("Bids for");
    }

    [Test]
    public async Task QuotesAreReadAloudOnlyWhenAskedFor()
    {
        var page = await OpenAsync();
        await Expect(page.Locator("#announcements")).ToBeEmptyAsync();

        await page.GetByLabel("Read quotes aloud").CheckAsync();
        _quoter.Market.Update(2);

        await Expect(page.Locator("#announcements")).ToContainTextAsync("BTC/USDT: bid ");
    }

    [Test]
    public async Task TheThemeFollowsTheSystemUntilOneIsChosenAndTheChoiceStays()
    {
        var page = await OpenAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark });
        var dark = await BackAsync(page);
        await page.GetByLabel("Theme").SelectOptionAsync("light");
        var light = await BackAsync(page);
        Assert.That(light, Is.Not.EqualTo(dark));
        await page.ReloadAsync();
        Assert.That(await BackAsync(page), Is.EqualTo(light));
        await page.GetByLabel("Theme").SelectOptionAsync("auto");
        Assert.That(await BackAsync(page), Is.EqualTo(dark));
    }

    private async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var (page, _) = await _browser.OpenAsync(_quoter.HttpAddress, options);
        await Expect(page.Locator("#bids tr")).ToHaveCountAsync(10);
        await Expect(page.Locator("#venue-rows tr")).ToHaveCountAsync(3);
        return page;
    }

    private static Task<string> BackAsync(IPage page) =>
        page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
