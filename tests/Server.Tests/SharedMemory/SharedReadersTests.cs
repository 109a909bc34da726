using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Tests.Membership;
using LowLatencyQuoter.Shm;
using LowLatencyQuoter.Testing;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Server.Tests.SharedMemory;

/// <summary>
/// What other processes read from the shared memory of the whole quoter on its embedded exchange is what gRPC streams.
/// </summary>
[Category(Categories.Foreign)]
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class SharedReadersTests
{
    private const int Summaries = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private string _path = "";
    private RosterHarness _quoter = null!;
    private List<Summary> _summaries = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _path = SharedHarness.NewPath();
        _quoter = await RosterHarness.StartAsync(
            "binance,kraken,okx", "BTC/USDT,ETH/USDT", null, null, ("shm.name", _path), ("simulation.rate", "20"));
        await _quoter.LiveAsync("BTC/USDT", 3);
        await _quoter.LiveAsync("ETH/USDT", 3);
        using var call = await _quoter.Client.SubscribeAsync();
        _summaries = [];
        while (_summaries.Count < Summaries)
        {
            _summaries.Add((await call.ReadAsync(Summary.Parser))!);
        }

        // The engine's thread writes to both; what was streamed is in the file a moment later at the latest.
        using var quotes = SharedQuotes.Open(_path);
        var cursor = quotes.Cursor;
        await Testing.Eventually.HoldsAsync(() => quotes.Cursor > cursor + 10, Patience, () => "no change is written");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _quoter.DisposeAsync();
        Assert.That(File.Exists(_path), Is.False, "an orderly end removes the file");
    }

    [TestCase("csharp")]
    [TestCase("c")]
    [TestCase("python")]
    public async Task EverySummaryOfGrpcIsAmongTheChanges(string language)
    {
        if (language == "python")
        {
            ForeignTool.Require("python3", "/usr/bin/python3", "--version");
        }

        var lines = await SharedReaders.RunAsync(language, _path, "changes");
        var changes = lines.SkipLast(1).Where(static line => line.GetProperty("instrument").GetString() == "BTC/USDT")
            .ToArray();

        var next = 0;
        foreach (var summary in _summaries)
        {
            var found = Array.FindIndex(changes, next, change => IsSame(change, summary));
            Assert.That(found, Is.GreaterThanOrEqualTo(next), $"{summary} is not among {changes.Length} changes");
            next = found;
        }

        Assert.That(lines[^1].GetProperty("writer").GetString(), Is.EqualTo("alive"));
        Assert.That(lines[^1].GetProperty("pid").GetInt32(), Is.EqualTo(Environment.ProcessId));
    }

    [TestCase("csharp")]
    [TestCase("c")]
    [TestCase("python")]
    public async Task TheLatestQuotesOfAllInstrumentsAreRead(string language)
    {
        var lines = await SharedReaders.RunAsync(language, _path, "latest");

        Assert.That(
            lines.SkipLast(1).Select(static line => line.GetProperty("instrument").GetString()),
            Is.EqualTo(new[] { "BTC/USDT", "ETH/USDT" }));
        Assert.That(
            lines.SkipLast(1).Select(static line => line.GetProperty("bids").GetArrayLength()), Is.All.EqualTo(10));
        Assert.That(
            lines.Select(static line => line.GetProperty("epoch").GetInt64()).Distinct().Count(), Is.EqualTo(1));
    }

    private static bool IsSame(JsonElement change, Summary summary) =>
        IsSame(change.GetProperty("bids"), summary.Bids) && IsSame(change.GetProperty("asks"), summary.Asks);

    private static bool IsSame(JsonElement rows, IReadOnlyList<Level> levels) =>
        rows.GetArrayLength() == levels.Count
        && rows.EnumerateArray().Select(static (row, index) => (row, index)).All(pair =>
            pair.row[0].GetString() == levels[pair.index].Exchange
            && Number(pair.row[1]) == levels[pair.index].Price
            && Number(pair.row[2]) == levels[pair.index].Amount);

    private static double Number(JsonElement text) =>
        double.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
