using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>The program journals a run of several venues and instruments, and repeats it from the file alone.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class JournalReplayTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"quoter-journals-{Guid.NewGuid():N}");

    [TearDown]
    public void RemoveJournals() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task JournalOfARunIsRepeatedFromTheFileAlone()
    {
        await using (var quoter = await QuoterProcess.StartAsync(
            "--journal", _folder, "--venues", "binance,kraken,okx", "--instruments", "BTC/USDT,ETH/USDT",
            "--levels", "7", "--rate", "20"))
        {
            var events = 0d;
            await Eventually.HoldsAsync(
                () => (events = Journaled(quoter)) > 1_000, Limit, () => $"{events} events in the journal");
            quoter.Program.Signal("TERM");
            Assert.That(await quoter.Program.ExitAsync(Limit), Is.Zero, quoter.Program.Errors);
        }

        var file = Directory.GetFiles(_folder, "*.journal").Single();
        using var first = await ReplayAsync(file);
        using var again = await ReplayAsync(file, "--book", "reference");
        var root = first.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("venue").GetString(), Is.EqualTo("binance,kraken,okx"));
            Assert.That(root.GetProperty("books").GetArrayLength(), Is.EqualTo(6));
            Assert.That(root.GetProperty("depthEvents").GetInt64(), Is.GreaterThan(300));
            Assert.That(root.GetProperty("quotes").GetInt64(), Is.GreaterThan(100));
            foreach (var figure in new[] { "frames", "depthEvents", "quotes", "stateHash", "quoteHash" })
            {
                Assert.That(
                    again.RootElement.GetProperty(figure).ToString(), Is.EqualTo(root.GetProperty(figure).ToString()));
            }
        });
    }

    private static double Journaled(QuoterProcess quoter) => quoter.MetricsAsync().GetAwaiter().GetResult()
        .TryGetValue("quoter_journal_events_total", out var events) ? events : -1;

    private static async Task<JsonDocument> ReplayAsync(string file, params string[] more)
    {
        await using var replay = RunningProgram.StartOurs("server", ["replay", file, "--json", .. more]);
        Assert.That(await replay.ExitAsync(Limit), Is.Zero, replay.Errors);
        return JsonDocument.Parse(replay.Output.TrimEnd().Split('\n')[^1]);
    }
}
