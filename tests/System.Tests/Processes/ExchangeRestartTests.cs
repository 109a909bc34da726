using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>The exchange is killed and started again under a running quoter.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class ExchangeRestartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly string[] Venues = ["binance", "bitstamp", "kraken"];
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("quoter-test").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, true);

    [Test]
    public async Task DeadVenuesLeaveTheQuoteAtOnceAndComeBackByThemselves()
    {
        var port = FreePort.Take().ToString(CultureInfo.InvariantCulture);
        var exchange = await StartExchangeAsync(port);
        try
        {
            await using var quoter = await QuoterProcess.StartAsync("--config", WriteConfig(port), "--rate", "5");
            await using var watch = RunningProgram.StartOurs("client", "watch", "--port", quoter.Port, "--json");
            await Eventually.HoldsAsync(() => Rows(watch) == 20, Limit, () => watch.Errors + quoter.Program.Errors);

            exchange.Signal("KILL");
            await exchange.ExitAsync(Limit);
            await Eventually.HoldsAsync(() => Rows(watch) == 0, TimeSpan.FromSeconds(5), () => LastLine(watch));
            var (down, report) = await quoter.GetAsync("/readyz");
            Assert.That(down, Is.EqualTo(503), report);
            foreach (var venue in Venues)
            {
                var said = new Regex($@"{venue} \S+: Disconnected by ConnectionLost");
                await Eventually.HoldsAsync(
                    () => said.IsMatch(quoter.Program.Errors), Limit,
                        () => $"nothing of {venue}: {quoter.Program.Errors}");
            }

            await using var again = await StartExchangeAsync(port);
            await Eventually.HoldsAsync(() => Rows(watch) == 20, Limit, () => quoter.Program.Errors);
            var (up, _) = await quoter.GetAsync("/readyz");
            Assert.That(up, Is.EqualTo(200));
            Assert.That(quoter.Program.Errors, Does.Not.Match(@"(?m)^\s+at "), "a stack trace in the log");
            Assert.That(quoter.Program.Errors, Does.Not.Contain("Exception"));
        }
        finally
        {
            await exchange.DisposeAsync();
        }
    }

    private static async Task<RunningProgram> StartExchangeAsync(string port)
    {
        var exchange = RunningProgram.StartOurs("exchange", "--port", port, "--hostname", "127.0.0.1", "--rate", "5");
        await exchange.LineAsync("exchange ready ", Limit);
        return exchange;
    }

    /// <summary>Rows of the last whole quote, both sides; -1 before the first.</summary>
    private static int Rows(RunningProgram watch)
    {
        if (LastLine(watch) is not { Length: > 0 } line)
        {
            return -1;
        }

        var quote = JsonDocument.Parse(line).RootElement;
        return quote.GetProperty("bids").GetArrayLength() + quote.GetProperty("asks").GetArrayLength();
    }

    private static string LastLine(RunningProgram watch)
    {
        var lines = watch.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.LastOrDefault() ?? "";
    }

    private string WriteConfig(string port)
    {
        var venues = Venues.Select(venue => new
        {
            name = venue,
            socket = $"ws://127.0.0.1:{port}/{venue}",
            rest = $"http://127.0.0.1:{port}/{venue}",
        });
        var path = Path.Combine(_folder, "quoter.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { venues }));
        return path;
    }
}
