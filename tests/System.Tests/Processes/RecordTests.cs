using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>The program records what venues send, and plays it again.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class RecordTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"quoter-recordings-{Guid.NewGuid():N}");

    [TearDown]
    public void RemoveRecordings() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task WhatWasRecordedPlaysAgainWithoutAGap()
    {
        await using (var quoter = await QuoterProcess.StartAsync(
            "record", "--out", _folder, "--venues", "binance,kraken", "--rate", "20"))
        {
            var records = 0d;
            await Eventually.HoldsAsync(
                () => (records = Math.Min(Records(quoter, "binance"), Records(quoter, "kraken"))) > 300,
                Limit,
                () => $"{records} records");
            quoter.Program.Signal("TERM");
            Assert.That(await quoter.Program.ExitAsync(Limit), Is.Zero, quoter.Program.Errors);
        }

        foreach (var venue in new[] { "binance", "kraken" })
        {
            var file = Directory.GetFiles(_folder, $"{venue}-*.frames").Single();
            var (first, again) = (await ReplayAsync(venue, file), await ReplayAsync(venue, file));
            using var report = JsonDocument.Parse(first);
            var root = report.RootElement;
            Assert.Multiple(() =>
            {
                Assert.That(root.GetProperty("frames").GetInt64(), Is.GreaterThan(300));
                Assert.That(root.GetProperty("gaps").GetInt64(), Is.Zero);
                Assert.That(root.GetProperty("decodeErrors").GetInt64(), Is.Zero);
                Assert.That(root.GetProperty("books")[0].GetProperty("state").GetString(), Is.EqualTo("live"));
                Assert.That(Hashes(again), Is.EqualTo(Hashes(first)));
            });
        }
    }

    private static double Records(QuoterProcess quoter, string venue) => quoter.MetricsAsync().GetAwaiter().GetResult()
        .TryGetValue($"quoter_recording_records_total{{venue=\"{venue}\"}}", out var records) ? records : -1;

    private static async Task<string> ReplayAsync(string venue, string file)
    {
        await using var replay = RunningProgram.StartOurs("server", "replay", file, "--venue", venue, "--json");
        Assert.That(await replay.ExitAsync(Limit), Is.Zero, replay.Errors);
        return replay.Output.TrimEnd().Split('\n')[^1];
    }

    private static (string?, string?) Hashes(string json)
    {
        using var report = JsonDocument.Parse(json);
        return (report.RootElement.GetProperty("stateHash").GetString(),
            report.RootElement.GetProperty("quoteHash").GetString());
    }
}
