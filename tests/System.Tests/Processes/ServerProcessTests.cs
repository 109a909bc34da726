using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>The program as a person or a supervisor meets it: lines, exit codes, signals.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class ServerProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public async Task WatchPrintsAsManyJsonObjectsAsAskedFor()
    {
        await using var quoter = await QuoterProcess.StartAsync("--rate", "10", "--instruments", "BTC/USDT,ETH/USDT");
        foreach (var symbol in new[] { "BTC/USDT", "eth/usdt" })
        {
            await using var watch = RunningProgram.StartOurs(
                "client", "watch", "--port", quoter.Port, "--json", "--count", "50", "--symbol", symbol);

            Assert.That(await watch.ExitAsync(Limit), Is.Zero, watch.Errors);
            var quotes = watch.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => JsonDocument.Parse(line).RootElement).ToArray();
            Assert.That(quotes, Has.Length.EqualTo(50));
            Assert.That(
                quotes.Select(static quote => quote.GetProperty("asks")[0].GetProperty("price").GetDouble()),
                symbol[0] == 'B' ? Has.All.GreaterThan(10_000) : Has.All.LessThan(10_000));
        }

        await using var unknown = RunningProgram.StartOurs(
            "client", "watch", "--port", quoter.Port, "--count", "1", "--symbol", "BTC/USDC");
        Assert.That(await unknown.ExitAsync(Limit), Is.EqualTo(1));
        Assert.That(unknown.Errors, Does.Contain("NOT_FOUND").And.Contain("BTC/USDT, ETH/USDT"));
    }

    [TestCase("dedicated")]
    [TestCase("shared")]
    public async Task SigtermDrainsWithinFiveSecondsAndExitsWithZero(string mode)
    {
        await using var quoter = await QuoterProcess.StartAsync("--mode", mode);
        await using var watch = RunningProgram.StartOurs("client", "watch", "--port", quoter.Port, "--json");
        await Eventually.HoldsAsync(() => watch.Output.Contains('\n'), Limit, () => watch.Errors);
        var started = Environment.TickCount64;

        quoter.Program.Signal("TERM");

        Assert.That(await quoter.Program.ExitAsync(Limit), Is.Zero, quoter.Program.Errors);
        Assert.That(Environment.TickCount64 - started, Is.LessThan(5_000));
        Assert.That(await watch.ExitAsync(Limit), Is.EqualTo(1));
        Assert.That(watch.Errors, Does.Contain("UNAVAILABLE"));
    }

    [TestCase("--port", "--http-port")]
    [TestCase("--http-port", "--port")]
    public async Task ATakenPortIsRefusedByItsName(string flag, string other)
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await using var server = RunningProgram.StartOurs("server", flag, port, other, "0", "--log-level", "none");

        Assert.That(await server.ExitAsync(Limit), Is.EqualTo(3));
        Assert.That(server.Errors.Trim(), Does.Contain($"port {port} is taken").And.Contain(flag));
        Assert.That(server.Errors.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(server.Output, Is.Empty);
    }

    [TestCase("2", "--venues: unknown venue 'binnance' (did you mean 'binance'?)", "--venues", "binnance")]
    [TestCase("2", "--levels: '0' is not a whole number from 1 to 1000", "--levels", "0")]
    [TestCase("2", "--base-asset, --quote-asset", "--base_asset", "B!")]
    [TestCase("2", "no/such/file.json: cannot be read", "--config", "no/such/file.json")]
    [TestCase("2", "Unrecognized command or argument '--bogus'", "--bogus")]
    [TestCase("2", "'--venue'. (did you mean '--venues'?)", "--venue", "kraken")]
    [TestCase("2", "host: 0.0.0.0 is reached from beyond this machine", "--host", "0.0.0.0")]
    [TestCase("2", "--lane-capacity: 1000 is not a power of two; 1024 is the next", "--lane_capacity", "1000")]
    [TestCase("2", "no-such.cbcap", "replay", "no-such.cbcap", "--venue", "kraken")]
    [TestCase("2", "unknown venue 'krakn' (did you mean 'kraken'?)", "replay", "x", "--venue", "krakn")]
    [TestCase("2", "--book: 'tree' is not one of ladder", "replay", "x", "--venue", "kraken", "--book", "tree")]
    [TestCase("2", "--book: 'tree' is not one of ladder, reference", "--book", "tree")]
    public async Task BadUsageIsOneLineAndNothingStarts(string exit, string expected, params string[] arguments)
    {
        await using var server = RunningProgram.StartOurs("server", arguments);

        Assert.That((await server.ExitAsync(Limit)).ToString(CultureInfo.InvariantCulture), Is.EqualTo(exit));
        Assert.That(server.Errors, Does.Contain(expected));
        Assert.That(server.Errors.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(server.Output, Is.Empty);
    }

    [Test]
    public async Task SpinningThreadsAreDowngradedWithAReasonWhereCoresAreFew()
    {
        if (Environment.ProcessorCount > 3)
        {
            Assert.Ignore("skipped: this machine has cores enough for every spinner");
        }

        await using var quoter = await QuoterProcess.StartAsync(
            "--engine-wait", "busy-spin", "--publisher-wait", "busy-spin", "--receive", "polling");

        Assert.That(quoter.Program.Errors, Does.Contain("receive: blocking instead of polling"));
        Assert.That(quoter.Program.Errors, Does.Contain("publisherWait: yielding instead of busy-spin"));
    }

    [Test]
    public async Task ReferenceBookServesTheSameStream()
    {
        await using var quoter = await QuoterProcess.StartAsync("--book", "reference", "--rate", "10");
        await using var watch = RunningProgram.StartOurs(
            "client", "watch", "--port", quoter.Port, "--json", "--count", "20");

        Assert.That(await watch.ExitAsync(Limit), Is.Zero, watch.Errors);
        Assert.That(watch.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(20));
    }

    [Test]
    public async Task HealthReadinessAndVersionAnswer()
    {
        await using var quoter = await QuoterProcess.StartAsync("--venues", "kraken,binance");

        Assert.That(await quoter.GetAsync("/healthz"), Is.EqualTo((200, "ok\n")));
        var (status, text) = await quoter.GetAsync("/readyz");
        Assert.That(status, Is.EqualTo(200), text);
        Assert.That(text, Does.Contain("kraken").And.Not.Contain("bitstamp"));
        await using var version = RunningProgram.StartOurs("server", "--version");
        Assert.That(await version.ExitAsync(Limit), Is.Zero);
        Assert.That(version.Output, Does.Match(@"^\d+\.\d+\.\d+"));
    }
}
