using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace LowLatencyQuoter.Server.Tests.Page;

/// <summary>The page with all venues of the embedded exchange live, as pictures for the documents.</summary>
[Category(Categories.Loopback)]
[Category(Categories.Foreign)]
[NonParallelizable]
public sealed class ScreenshotTests
{
    private const int Venues = 11;

    /// <summary>
    /// Writes docs/images/page-light.png, page-dark.png and page-phone.png:
    /// <c>dotnet test -c Release tests/Server.Tests --filter Name=AllVenuesAreShownLiveAndPhotographed</c>.
    /// </summary>
    [Test]
    [Explicit("explicit: it writes pictures into docs/images")]
    public async Task AllVenuesAreShownLiveAndPhotographed()
    {
        Browser.Require();
        string[][] flags = [["port", "0"], ["httpPort", "0"], ["levels", "20"]];
        var options = OptionsLoader.Load(
            null, static _ => null, [.. flags.Select(static flag => (SettingTable.Find(flag[0])!, flag[1]))]);
        await using var quoter = await QuoterHost.StartAsync(options, NullLoggerFactory.Instance);
        await using var browser = await Browser.StartAsync();
        await PhotographAsync(browser, quoter, "page-light", ColorScheme.Light, 1_280, 1_000);
        await PhotographAsync(browser, quoter, "page-dark", ColorScheme.Dark, 1_280, 1_000);
        await PhotographAsync(browser, quoter, "page-phone", ColorScheme.Dark, 390, 844);
    }

    private static async Task PhotographAsync(
        Browser browser, QuoterHost quoter, string name, ColorScheme scheme, int width, int height)
    {
        var address = new Uri($"http://{quoter.HttpEndpoint}/?levels=20");
        var (page, complaints) = await browser.OpenAsync(address, new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        var health = page.Locator("#venue-rows tr");
        await Expect(health).ToHaveCountAsync(Venues);
        await Expect(health.Filter(new() { HasTextRegex = new Regex("● live.* µs|● live.* ms") }))
            .ToHaveCountAsync(Venues);
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "images"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder.FullName, name + ".png"), FullPage = true });
        Assert.That(complaints, Is.Empty);
        await page.Context.CloseAsync();
    }
}
