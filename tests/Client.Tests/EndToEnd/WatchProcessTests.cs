using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Tests.Serving;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.EndToEnd;

/// <summary>The program against a server: its stdout, its stderr, its exit code.</summary>
[Category(Categories.Loopback)]
public sealed class WatchProcessTests
{
    [Test]
    public async Task JsonWithACountPrintsThatManyObjectsAndExitsWith0()
    {
        await using var server = await QuoteServer.StartAsync(static context => context.StreamAsync());

        var (exit, output, errors) = await ClientProcess.RunAsync(
            "watch", "--json", "--count", "50", "--port", Port(server));

        var lines = output.TrimEnd('\n').Split('\n');
        Assert.That((exit, errors, lines.Length), Is.EqualTo((0, "", 50)));
        foreach (var line in lines)
        {
            using var quote = JsonDocument.Parse(line);
            Assert.That(quote.RootElement.GetProperty("asks").GetArrayLength(), Is.EqualTo(10));
        }
    }

    [Test]
    public async Task WithoutATerminalLinesArePlain()
    {
        await using var server = await QuoteServer.StartAsync(static context => context.StreamAsync());

        var (exit, output, errors) = await ClientProcess.RunAsync("watch", "--count", "3", "--port", Port(server));

        Assert.That((exit, errors), Is.EqualTo((0, "")));
        Assert.That(output.TrimEnd('\n').Split('\n').Select(line => line[..13]), Is.EqualTo(new[]
        {
            "       1  bid", "       2  bid", "       3  bid",
        }));
    }

    [Test]
    public async Task AnUnreachableServerIsOneLineAndExitCode1()
    {
        var port = FreePort.Take().ToString(CultureInfo.InvariantCulture);

        var (exit, output, errors) = await ClientProcess.RunAsync("watch", "--host", "127.0.0.1", "--port", port);

        Assert.That(errors, Is.EqualTo($"cannot reach 127.0.0.1:{port}: connection refused; start it with "
            + $"dotnet run -c Release --project server -- --port {port}, or name another with --port\n"));
        Assert.That((exit, output), Is.EqualTo((1, "")));
    }

    [Test]
    public async Task AnErrorOfTheServerIsOneLineAndExitCode1()
    {
        await using var server = await QuoteServer.StartAsync(static async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            context.End("14", "draining");
        });

        var (exit, output, errors) = await ClientProcess.RunAsync(
            "watch", "--host", "127.0.0.1", "--port", Port(server));

        Assert.That(errors, Is.EqualTo($"UNAVAILABLE from {server.Address}: draining; "
            + "see whether the server still runs, or keep trying with --reconnect\n"));
        Assert.That(exit, Is.EqualTo(1));
        Assert.That(output, Does.StartWith("       1  bid kraken"));
    }

    [Test]
    public async Task ABadFlagIsExitCode2()
    {
        var (exit, output, errors) = await ClientProcess.RunAsync("watch", "--prot", "1");

        Assert.That((exit, output), Is.EqualTo((2, "")));
        Assert.That(errors, Is.EqualTo("Unrecognized command or argument '--prot'; see --help\n"));
    }

    [Test]
    public async Task VersionIsThatOfTheProduct()
    {
        var (exit, output, errors) = await ClientProcess.RunAsync("--version");

        Assert.That((exit, errors), Is.EqualTo((0, "")));
        Assert.That(output, Does.Match(@"^\d+\.\d+\.\d+"));
    }

    [Test]
    public async Task AReaderThatHasSeenEnoughEndsItWithoutAWord()
    {
        await using var server = await QuoteServer.StartAsync(static context => context.StreamAsync());

        var (_, output, errors) = await ClientProcess.RunInShellAsync(
            """{ "$@"; echo "exit=$?" >&2; } | head -n 2""", "watch", "--port", Port(server));

        Assert.That(output.Split('\n'), Has.Length.EqualTo(3));
        Assert.That(errors, Is.EqualTo("exit=0\n"));
    }

    [Test]
    public async Task AFullDiskIsAFailure()
    {
        await using var server = await QuoteServer.StartAsync(static context => context.StreamAsync());

        var (exit, _, errors) = await ClientProcess.RunInShellAsync(
            """exec "$@" > /dev/full""", "watch", "--json", "--port", Port(server));

        Assert.That(exit, Is.EqualTo(1));
        Assert.That(errors, Does.StartWith("cannot write quotes to stdout: No space left on device"));
    }

    [Test]
    public async Task WhatOthersWriteToTheSameFileComesAfterTheQuotes()
    {
        await using var server = await QuoteServer.StartAsync(static context => context.StreamAsync());
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await ClientProcess.RunInShellAsync(
                "{ echo before; \"$@\"; echo after; } > " + file,
                "watch", "--json", "--count", "2", "--port", Port(server));

            Assert.That((await File.ReadAllLinesAsync(file)).Select(line => line[..5]),
                Is.EqualTo(new[] { "befor", "{\"spr", "{\"spr", "after" }));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task ASignalEndsItWithExitCode0(string signal)
    {
        await using var server = await QuoteServer.StartAsync(static async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            await context.WaitAsync();
        });

        // The client runs in the foreground of its subshell, for a shell lets background jobs ignore SIGINT. The first
        // line of output says that its handlers are in place.
        var (exit, output, errors) = await ClientProcess.RunInShellAsync(
            "{ sh -c 'echo $$ && exec \"$@\"' sh \"$@\"; echo exit=$?; } | "
            + "{ read pid; echo $pid >&2; read quote; kill -" + signal + " $pid; cat; }",
            "watch", "--port",
            Port(server));

        Assert.That((exit, output), Is.EqualTo((0, "exit=0\n")), errors);
    }

    private static string Port(QuoteServer server) => server.Address.Port.ToString(CultureInfo.InvariantCulture);
}
