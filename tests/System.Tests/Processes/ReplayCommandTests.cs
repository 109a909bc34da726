using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>The command as one types it, on every capture there is, and what it says to what it cannot do.</summary>
[NonParallelizable]
public sealed class ReplayCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static IEnumerable<ReplayableCapture> Captures => ReplayableCaptures.All;

    [TestCaseSource(nameof(Captures))]
    [Category(Categories.Captures)]
    public async Task CaptureReplaysWithTheFiguresOfTheIndex(ReplayableCapture capture)
    {
        var (exit, output, errors) = await RunAsync(
            [.. capture.Files.Select(CaptureFolder.File), "--venue", capture.Venue, "--json"]);
        using var report = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        var root = report.RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(capture.Passes ? 0 : 1), errors);
            Assert.That(root.GetProperty("frames").GetInt32(), Is.EqualTo(capture.Frames));
            Assert.That(root.GetProperty("depthEvents").GetInt32(), Is.EqualTo(capture.DepthEvents));
            Assert.That(root.GetProperty("decodeErrors").GetInt32(), Is.Zero);
            Assert.That(root.GetProperty("gaps").GetInt32(), Is.EqualTo(capture.Gaps));
            Assert.That(Ratio(root, "checksums", "matched"), Is.EqualTo((capture.Checksums, capture.Checksums)));
            Assert.That(Ratio(root, "crossChecks", "equal"), Is.EqualTo((capture.CrossChecks, capture.CrossChecks)));
            Assert.That(root.GetProperty("books").GetArrayLength(), Is.EqualTo(capture.Books));
            Assert.That(
                root.GetProperty("books").EnumerateArray().Select(static book => book.GetProperty("state").GetString()),
                Is.All.EqualTo(capture.Passes ? "live" : "gapped"));
        });
    }

    [Test]
    public async Task WhatCannotBeReplayedIsSaidInOneLine()
    {
        var folder = Directory.CreateTempSubdirectory("replays-").FullName;
        try
        {
            var capture = Path.Combine(folder, "a.ndjson");
            var journal = Path.Combine(folder, "a.journal");
            await File.WriteAllTextAsync(capture, "{}\n");
            await File.WriteAllTextAsync(journal, "QUOTERJ2 and then nothing of use");

            await RefusesAsync(2, "--venue", capture);
            await RefusesAsync(2, "--export-tardis", capture, "--venue", "kraken", "--export-tardis", capture);
            await RefusesAsync(2, "is a journal", journal, "--venue", "kraken");
            await RefusesAsync(2, "a run of its own", journal, capture);
            await RefusesAsync(3, "damaged", journal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Checked, int Good) Ratio(JsonElement root, string name, string good)
    {
        var ratio = root.GetProperty(name);
        return (ratio.GetProperty("checked").GetInt32(), ratio.GetProperty(good).GetInt32());
    }

    private static async Task RefusesAsync(int code, string reason, params string[] arguments)
    {
        var (exit, _, errors) = await RunAsync(arguments);
        Assert.That(exit, Is.EqualTo(code), errors);
        Assert.That(errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1), errors);
        Assert.That(errors, Does.Contain(reason));
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using var replay = RunningProgram.StartOurs("server", ["replay", .. arguments]);
        var exit = await replay.ExitAsync(Limit);
        return (exit, replay.Output, replay.Errors);
    }
}
