using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Tests.Report;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Jitter;

[TestFixture]
internal sealed class JitterTests
{
    [Test]
    public void OnlyGapsAboveTheThresholdAreStalls()
    {
        var stalls = new StallRecorder();
        stalls.Note(1_000, 1_500);
        stalls.Note(1_500, 2_001);
        stalls.Note(2_001, 2_041);
        Assert.That(stalls.Gaps.TotalCount, Is.EqualTo(1));
        Assert.That(stalls.StalledNanos, Is.EqualTo(501));
        Assert.That(stalls.WatchedNanos, Is.EqualTo(1_041));
        stalls.Reset();
        Assert.That((stalls.Gaps.TotalCount, stalls.StalledNanos, stalls.WatchedNanos), Is.EqualTo((0L, 0L, 0L)));
    }

    [Test]
    public void EachStallIsInOneSizeClass()
    {
        var stall = SampleReport.Stall("alone", 600, 1_000, 9_000, 10_000, 2_000_000, 30_000_000_000);
        var counts = Enumerable.Range(0, StallReport.Classes.Length)
            .Select(size => stall.PerSecondOf(size) * stall.WatchedSeconds);
        Assert.That(counts.Select(static count => Math.Round(count)), Is.EqualTo(new[] { 1.0, 2, 1, 0, 1, 1 }));
        Assert.That(stall.Share, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void PartsAddUp()
    {
        var sum = SampleReport.Stall("alone", 600, 700).Plus(SampleReport.Stall("alone", 5_000));
        Assert.That(sum.Gaps.TotalCount, Is.EqualTo(3));
        Assert.That(sum.StalledSeconds, Is.EqualTo(6_300e-9).Within(1e-12));
    }

    [Test]
    public void CommandWatchesTheCoresAskedFor()
    {
        var run = PerfRun.Of(JitterCommand.Make(), "--seconds", "0.05", "--cores", "0", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var stall = run.Json.GetProperty("stalls").EnumerateArray().Single();
        Assert.That(stall.GetProperty("core").GetInt32(), Is.Zero);
        Assert.That(stall.GetProperty("seconds").GetDouble(), Is.GreaterThanOrEqualTo(0.05));
        var bySize = stall.GetProperty("perSecondBySize").EnumerateObject().Sum(static size => size.Value.GetDouble());
        Assert.That(bySize, Is.EqualTo(stall.GetProperty("perSecond").GetDouble()).Within(1).Percent);
    }

    [Test]
    public void FilesHoldTheStallsOfEachCore()
    {
        var folder = Directory.CreateTempSubdirectory("perf-jitter-").FullName;
        try
        {
            var log = Path.Combine(folder, "stalls.hlog");
            var run = PerfRun.Of(
                JitterCommand.Make(),
                "--seconds", "0.05", "--cores", "0", "--json", "--hgrm", folder, "--hlog", log);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            var count = run.Json.GetProperty("stalls")[0].GetProperty("count").GetInt64();
            Assert.That(
                File.ReadAllText(Path.Combine(folder, "jitter-core0.hgrm")),
                Does.Match($@"Total count\s+=\s+{count}\]"));
            using var reader = new StreamReader(log);
            var interval = new HistogramLogReader(reader).ReadToEnd().Single();
            Assert.That((interval.Tag, interval.Histogram.TotalCount), Is.EqualTo(("core0", count)));
            Assert.That(
                run.Json.GetProperty("conditions").GetProperty("command").GetString(),
                Does.Contain("-- jitter --seconds"));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void WatchInPartsTellsHowFarItIs()
    {
        var shown = new List<double>();
        var stalls = StallMeter.WatchInParts("alone", [0], TimeSpan.FromSeconds(0.02), shown.Add);

        Assert.That(shown, Is.EqualTo(new[] { 0.0, 1 }));
        Assert.That(stalls.Single().WatchedSeconds, Is.GreaterThanOrEqualTo(0.02));
    }

    [TestCase("--cores", "0,0")]
    [TestCase("--cores", "99999")]
    [TestCase("--seconds", "0")]
    public void BadUsageNamesTheOption(string option, string value)
    {
        var run = PerfRun.Of(JitterCommand.Make(), option, value);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith(option));
    }
}
