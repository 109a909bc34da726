using System;
using System.Diagnostics;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Report;

/// <summary>The page as a browser shows it, without any network.</summary>
[TestFixture]
[Category(Categories.Foreign)]
internal sealed class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";
    private string _folder = "";

    [OneTimeSetUp]
    public void Require() =>
        ForeignTool.Require("chromium (Debian's; scripts/install-test-clients.sh installs it)", Chromium, "--version");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("perf-page-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, true);

    [Test]
    public async Task PageDrawsEveryCurveAndTellsEveryCondition()
    {
        var page = Path.Combine(_folder, "report.html");
        ReportFiles.WriteHtml(SampleReport.Make("0123456789ab", "a <b>bold</b> </script> note", 1_000, 5_000), page);
        var (shown, log) = await BrowseAsync(page, "--dump-dom");
        Assert.That(shown, Does.Contain("data-rendered=\"yes\""), log);
        var curves = Regex.Count(shown, "<path [^>]*data-curve=");
        Assert.That(curves, Is.EqualTo(2 + (2 * 2)), "all rates, then each stage of each rate");
        Assert.That(Regex.Count(shown, "<svg "), Is.EqualTo(3));
        Assert.That(shown, Does.Contain("a &lt;b&gt;bold&lt;/b&gt; &lt;/script&gt; note"), "text stays text");
        foreach (var word in (string[])
            [
                "p99.99", "busy-spin", "0123456789ab", "gc 0/1/2", "bytes allocated", "reader 0, engine 0",
                "Stalls of the machine", "<h2>Saturation: 5,000 messages a second", "5,400 did not",
            ])
        {
            Assert.That(shown, Does.Contain(word));
        }

        Assert.That(Regex.Count(shown, "<th>lost %</th>"), Is.EqualTo(1 + 2), "of the run and beside each rate");
        Assert.That(log, Does.Not.Contain("CONSOLE"), "the page complains of nothing");
    }

    [Test]
    public async Task PhasesHaveTheirOwnCurvesAndHeadings()
    {
        var page = Path.Combine(_folder, "report.html");
        ReportFiles.WriteHtml(SampleReport.WithPhases("first-cold", "steady-cold"), page);
        var (shown, log) = await BrowseAsync(page, "--dump-dom");
        Assert.That(shown, Does.Contain("data-rendered=\"yes\""), log);
        Assert.That(shown, Does.Contain("<h2>All phases</h2>").And.Contain("data-curve=\"steady-cold\""));
        Assert.That(shown, Does.Contain("<h2>first-cold: 1,000 messages a second offered"));
        Assert.That(shown, Does.Not.Contain("<h2>Saturation"));
        Assert.That(log, Does.Not.Contain("CONSOLE"), "the page complains of nothing");
    }

    [Test]
    public async Task PageLooksLikeSomething()
    {
        var page = Path.Combine(_folder, "report.html");
        var picture = Path.Combine(_folder, "report.png");
        ReportFiles.WriteHtml(SampleReport.Make(), page);
        await BrowseAsync(page, $"--screenshot={picture}");
        Assert.That(new FileInfo(picture).Length, Is.GreaterThan(10_000), "an empty page is far smaller");
    }

    [Test]
    public void PageLoadsNothingFromElsewhere()
    {
        var page = Path.Combine(_folder, "report.html");
        ReportFiles.WriteHtml(SampleReport.Make(), page);
        var text = File.ReadAllText(page).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.That(text, Does.Not.Match("https?://|src=|@import|fetch\\("));
    }

    private async Task<(string Shown, string Log)> BrowseAsync(string page, string what)
    {
        var start = new ProcessStartInfo(Chromium)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--enable-logging=stderr", $"--user-data-dir={Path.Combine(_folder, "profile")}", what,
                new Uri(page).AbsoluteUri,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var shown = process.StandardOutput.ReadToEndAsync();
        var log = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.That(process.ExitCode, Is.Zero, await log);
        return (await shown, await log);
    }
}
