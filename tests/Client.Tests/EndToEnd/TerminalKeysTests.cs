using System;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Tests.Serving;
using LowLatencyQuoter.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.EndToEnd;

/// <summary>The keys of the ladder, pressed in a real terminal.</summary>
[Category(Categories.Loopback)]
[Category(Categories.Foreign)]
public sealed class TerminalKeysTests
{
    private QuoteServer _quotes = null!;
    private QuoteServer _events = null!;
    private TerminalSession _terminal = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        ForeignTool.Require("tmux (apt-get install tmux)", "tmux", "-V");
        _quotes = await QuoteServer.StartAsync(static async context =>
        {
            var isOther = context.Request.Headers["symbol"].ToString() == "ETH/USDT";
            await context.SendAsync(Messages.Of(isOther ? SampleQuotes.Crossed() : SampleQuotes.ThreeLevels()));
            await context.WaitAsync();
        });
        _events = await QuoteServer.StartAsync(SampleEvents.AnswerAsync, HttpProtocols.Http1);
        _terminal = await TerminalSession.OpenAsync(100, 30);
        await _terminal.TypeAsync(Watch(), "Enter");
        await _terminal.WaitUntilAsync("ladder", IsWhole);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _terminal.DisposeAsync();
        await _events.DisposeAsync();
        await _quotes.DisposeAsync();
    }

    [Test]
    public async Task SGoesToTheNextInstrumentAndAroundAgain()
    {
        await _terminal.WaitUntilAsync("name of the instrument", static shown => shown.Contains("BTC/USDT  live"));

        await _terminal.TypeAsync("s");
        var other = await _terminal.WaitUntilAsync(
            "other instrument", static shown => shown.Contains("ETH/USDT  live") && shown.Contains("CROSSED"));
        Assert.That(other, Does.Not.Contain("68000.1"));

        await _terminal.TypeAsync("s");
        await _terminal.WaitUntilAsync("first one", static shown => shown.Contains("BTC/USDT  live") && IsWhole(shown));
    }

    [Test]
    public async Task PlusGroupsPricesAndMinusTakesThemApart()
    {
        await _terminal.TypeAsync("+", "+", "+", "+");
        var grouped = await _terminal.WaitUntilAsync("groups", static shown => shown.Contains("68001.0"));
        Assert.That(grouped, Does.Contain("several").And.Contain("67999.0").And.Not.Contain("68000.4"));

        await _terminal.TypeAsync("-", "-", "-", "-");
        await _terminal.WaitUntilAsync("levels", static shown => shown.Contains("68000.4"));
    }

    [Test]
    public async Task ArrowsMoveTheCursorAndTheCostOfTheSweepIsShown()
    {
        await _terminal.TypeAsync("Up", "Up");
        var bought = await _terminal.WaitUntilAsync("cost", static shown => shown.Contains("over 2 levels"));
        Assert.That(bought, Does.Match(@"buying 1\.75 over 2 levels: 119000\.4[78], average 68000\.27, 0\.03 bps"));
        Assert.That(bought, Does.Match(@">kraken +68000\.4"));

        await _terminal.TypeAsync("Down", "Down", "Down");
        var sold = await _terminal.WaitUntilAsync("other side", static shown => shown.Contains("selling 1.25"));
        Assert.That(sold, Does.Match(@">kraken +67999\.9"));
    }

    [Test]
    public async Task PanesShowHealthAndLatency()
    {
        await _terminal.TypeAsync("v", "l");
        var picture = await _terminal.WaitUntilAsync(
            "panes", static shown => shown.Contains("since start") && shown.Contains("disconnected"));
        Assert.That(picture, Does.Match(@"kraken +live +12 ms +31\.5 +2 +83 us"));
        Assert.That(picture, Does.Match(@"binance +disconnected +- +- +0 +-"));
        Assert.That(picture, Does.Match(@"last 10 s +p50 12 us +p99 83 us +max 1\.9 ms"));

        await _terminal.ResizeAsync(150, 20);
        await _terminal.WaitUntilAsync("pane beside the ladder", static shown =>
            shown.Split('\n')[1].Contains("cumulative", StringComparison.Ordinal)
            && shown.Split('\n')[1].Contains("msg/s", StringComparison.Ordinal));
    }

    [Test]
    public async Task DLimitsTheLevelsAndPPausesAndQStillQuits()
    {
        await _terminal.TypeAsync("p");
        await _terminal.WaitUntilAsync("pause", static shown => shown.Contains("PAUSED"));
        await _terminal.TypeAsync("p");
        await _terminal.WaitUntilAsync("no pause", static shown => !shown.Contains("PAUSED"));
        await _terminal.TypeAsync("d", "q");
        await _terminal.WaitUntilAsync("exit code", static shown => shown.Contains("exit=0"));
    }

    private static bool IsWhole(string shown) => shown.Contains("67998.0") && shown.Contains("q quits");

    private string Watch() =>
        $"{ClientProcess.Dotnet} {ClientProcess.Assembly} watch --host 127.0.0.1 --port {_quotes.Address.Port} "
        + $"--http-port {_events.Address.Port}; echo exit=$?";
}
