using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using Microsoft.Playwright;

namespace LowLatencyQuoter.Server.Tests.Page;

/// <summary>Debian's Chromium, driven by Playwright.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private const float PatienceMillis = 30_000;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Skips the test, or in CI fails it, when there is no Chromium.</summary>
    public static void Require() =>
        ForeignTool.Require("chromium (Debian's; scripts/install-test-clients.sh installs it)", Chromium, "--version");

    public static async Task<Browser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMillis);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        });
        return new Browser(playwright, browser);
    }

    /// <summary>A page with a memory of its own; what it complains of, and asks others for, is noted.</summary>
    public async Task<(IPage Page, List<string> Complaints)> OpenAsync(
        Uri address, BrowserNewContextOptions? options = null)
    {
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(PatienceMillis);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
            {
                complaints.Add("asked for " + request.Url);
            }
        };
        await page.GotoAsync(address.ToString());
        return (page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
