using System;
using System.IO;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>What the program quotes is checked at its start, and changed by a signal.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class MembershipTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"quoter-{Guid.NewGuid():N}.json");

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public async Task HangUpReadsTheConfigurationAgainAndAnErrorInItChangesNothing()
    {
        Write("\"BTC/USDT\"");
        await using var quoter = await QuoterProcess.StartAsync("--config", _file);
        await quoter.BooksLiveAsync(2);

        Write("\"BTC/USDT\", \"ETH/USDT\"");
        quoter.Program.Signal("HUP");
        await quoter.BooksLiveAsync(4);

        Write("\"BTC/USDT\", \"ETH/USDT\"", ",\n  \"levels\": 0");
        quoter.Program.Signal("HUP");
        await Eventually.HoldsAsync(
            () => quoter.Program.Errors.Contains($"{_file}:5: levels: '0' is not", StringComparison.Ordinal),
            Limit,
            () => quoter.Program.Errors);
        await quoter.BooksLiveAsync(4);

        Write("\"ETH/USDT\"", ",\n  \"levels\": 20");
        quoter.Program.Signal("HUP");
        await quoter.BooksLiveAsync(2);
        await Eventually.HoldsAsync(
            () => quoter.Program.Errors.Contains("levels stays '10' and not '20'", StringComparison.Ordinal),
            Limit,
            () => quoter.Program.Errors);
        quoter.Program.Signal("TERM");
        Assert.That(await quoter.Program.ExitAsync(Limit), Is.Zero, quoter.Program.Errors);
    }

    [Test]
    public async Task InstrumentThatANamedVenueDoesNotListIsRefusedWithNearMatches()
    {
        await using var exchange = await ExchangeHost.StartAsync(
            new ExchangeOptions { Venues = ["kraken"], Instruments = ["BTC/USDT"] });
        await File.WriteAllTextAsync(
            _file,
            $$"""
            {
              "instruments": ["BTC/USTD"],
              "venues": [
                {
                  "name": "kraken",
                  "socket": "{{exchange.WebSocketAddress("kraken")}}",
                  "rest": "{{exchange.RestAddress("kraken")}}"
                }
              ]
            }
            """);

        await using var server = RunningProgram.StartOurs(
            "server", "--config", _file, "--port", "0", "--http-port", "0", "--warm-up", "off", "--log-level", "none");

        Assert.That(await server.ExitAsync(Limit), Is.EqualTo(2), server.Errors);
        Assert.That(
            server.Errors.Trim(),
            Is.EqualTo(
                "instruments: kraken does not list BTC/USTD (BTC/USTD there); did you mean BTC/USDT? Correct the "
                + "instrument, or leave kraken out of venues."));
        Assert.That(server.Output, Is.Empty);
    }

    private void Write(string instruments, string more = "") => File.WriteAllText(
        _file,
        $$"""
        {
          "instruments": [{{instruments}}],
          "venues": ["binance", "kraken"],
          "simulation": { "alsoLists": ["BTC/USDT", "ETH/USDT"] }{{more}}
        }
        """);
}
