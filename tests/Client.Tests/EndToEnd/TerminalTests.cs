using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Tests.Serving;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.EndToEnd;

/// <summary>The ladder in a real terminal.</summary>
[Category(Categories.Loopback)]
[Category(Categories.Foreign)]
public sealed class TerminalTests
{
    [OneTimeSetUp]
    public void RequireTmux() => ForeignTool.Require("tmux (apt-get install tmux)", "tmux", "-V");

    [Test]
    public async Task TheLadderIsShownAndQGivesTheTerminalBack()
    {
        await using var server = await QuoteServer.StartAsync(ThreeLevelsAsync);
        await using var terminal = await TerminalSession.OpenAsync(100, 30);
        const string Echo = "$(stty -a | tr ' ' '\\n' | grep -w echo)";
        await terminal.TypeAsync($"echo prompt; {Watch(server)}; echo \"exit=$? {Echo}\"", "Enter");

        var picture = await terminal.WaitUntilAsync("ladder", IsWhole);

        string[] downwards =
            ["live", "68002.0", "68000.4", "68000.1", "spread", "67999.9", "67999.5", "67998.0", "q quits"];
        var place = -1;
        foreach (var word in downwards)
        {
            var next = picture.IndexOf(word, StringComparison.Ordinal);
            Assert.That(next, Is.GreaterThan(place), $"{word} in its place:\n{picture}");
            place = next;
        }

        await terminal.TypeAsync("x", "q");
        var after = await terminal.WaitUntilAsync("exit code", static shown => shown.Contains("exit=0"));
        Assert.That(after, Does.Contain("exit=0 echo"), "the terminal echoes again");
        Assert.That(after, Does.Contain("prompt\n").And.Not.Contain("q quits"), "what was there before is back");
    }

    [Test]
    public async Task AsksAreRedBidsGreenAndNoColorIsHonored()
    {
        await using var server = await QuoteServer.StartAsync(ThreeLevelsAsync);
        await using var terminal = await TerminalSession.OpenAsync(100, 30);
        await terminal.TypeAsync($"{Watch(server)}; echo exit=$?", "Enter");
        await terminal.WaitUntilAsync("ladder", IsWhole);

        Assert.That(await terminal.CaptureAsync(colors: true), Does.Contain("\e[91m").And.Contain("\e[32m"));

        await terminal.TypeAsync("C-c");
        await terminal.WaitUntilAsync("exit code", static shown => shown.Contains("exit=0"));
        await terminal.TypeAsync($"clear; NO_COLOR=1 {Watch(server)}", "Enter");
        await terminal.WaitUntilAsync("ladder", IsWhole);
        Assert.That(await terminal.CaptureAsync(colors: true), Does.Not.Contain("\e[91m").And.Not.Contain("\e[32m"));
        await terminal.TypeAsync("q");
    }

    [Test]
    public async Task ASmallerWindowGetsASmallerPicture()
    {
        await using var server = await QuoteServer.StartAsync(ThreeLevelsAsync);
        await using var terminal = await TerminalSession.OpenAsync(100, 30);
        await terminal.TypeAsync(Watch(server), "Enter");
        await terminal.WaitUntilAsync("ladder", IsWhole);

        await terminal.ResizeAsync(60, 8);

        var picture = await terminal.WaitUntilAsync("picture of eight lines", static shown =>
            shown.Contains("68000.4") && !shown.Contains("68002.0")
            && shown.TrimEnd().EndsWith("q quits", StringComparison.Ordinal));
        Assert.That(picture, Does.StartWith("127.0.0.1:"));
        await terminal.TypeAsync("q");
    }

    [Test]
    public async Task AfterBeingStoppedTheLadderComesBackWhole()
    {
        await using var server = await QuoteServer.StartAsync(ThreeLevelsAsync);
        await using var terminal = await TerminalSession.OpenAsync(100, 30);
        await terminal.TypeAsync(Watch(server), "Enter");
        await terminal.WaitUntilAsync("ladder", IsWhole);

        await terminal.TypeAsync("C-z");
        await terminal.WaitUntilAsync("shell", static shown => shown.Contains("Stopped"));
        await terminal.TypeAsync("fg; echo exit=$?", "Enter");

        var picture = await terminal.WaitUntilAsync("whole ladder", static shown =>
            IsWhole(shown) && !shown.Contains("Stopped"));
        Assert.That(picture, Does.StartWith("127.0.0.1:").And.Contain("68000.1"));
        await terminal.TypeAsync("q");
        await terminal.WaitUntilAsync("exit code", static shown => shown.Contains("exit=0"));
    }

    [Test]
    public async Task AWindowClosedUnderItEndsItWithoutAWord()
    {
        await using var server = await QuoteServer.StartAsync(ThreeLevelsAsync);
        await using var terminal = await TerminalSession.OpenAsync(100, 30);
        var errors = Path.Combine(terminal.Folder, "errors");
        var exit = Path.Combine(terminal.Folder, "exit");
        var note = $"echo $? > {exit}.new; mv {exit}.new {exit}";
        await terminal.TypeAsync($"trap : HUP; {Watch(server)} 2> {errors}; {note}", "Enter");
        await terminal.WaitUntilAsync("ladder", IsWhole);

        await terminal.CloseAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!File.Exists(exit))
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.That(await File.ReadAllTextAsync(errors, patience.Token), Is.Empty);
        Assert.That(await File.ReadAllTextAsync(exit, patience.Token), Is.EqualTo("0\n"));
    }

    [Test]
    public async Task AServerThatEndsTheStreamLeavesOneLineAndExitCode1()
    {
        await using var server = await QuoteServer.StartAsync(static async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            context.End("14", "draining");
        });
        await using var terminal = await TerminalSession.OpenAsync(160, 30);
        await terminal.TypeAsync($"{Watch(server)}; echo exit=$?", "Enter");

        var picture = await terminal.WaitUntilAsync("exit code", static shown => shown.Contains("exit=1"));

        Assert.That(picture, Does.Contain($"UNAVAILABLE from {server.Address}: draining;").And.Not.Contain("q quits"));
    }

    [Test]
    public async Task ReconnectKeepsTheScreenAndShowsTheState()
    {
        await using var server = await QuoteServer.StartAsync(static async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            context.End("14", "draining");
        });
        await using var terminal = await TerminalSession.OpenAsync(100, 30);
        await terminal.TypeAsync($"{Watch(server)} --reconnect; echo exit=$?", "Enter");

        await terminal.WaitUntilAsync("state beside the old levels", static shown =>
            shown.Contains("UNAVAILABLE: draining, trying again in") && shown.Contains("68000.1"));

        await terminal.TypeAsync("q");
        await terminal.WaitUntilAsync("exit code", static shown => shown.Contains("exit=0"));
    }

    private static async Task ThreeLevelsAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
        await context.WaitAsync();
    }

    // tmux may be asked in the middle of a picture: the last level and the last line have to be there.
    private static bool IsWhole(string shown) => shown.Contains("67998.0") && shown.Contains("q quits");

    private static string Watch(QuoteServer server) =>
        $"{ClientProcess.Dotnet} {ClientProcess.Assembly} watch --host 127.0.0.1 --port {server.Address.Port}";
}
