using System.IO;
using System.Linq;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Perf.Soak;
using LowLatencyQuoter.Perf.Tests.Machine;
using LowLatencyQuoter.Perf.Tests.Report;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Soak;

[TestFixture]
internal sealed class SoakTests
{
    private static readonly SoakReport Clean = new()
    {
        Machine = SampleMachine.Make("0123456789ab"),
        Conditions = [],
        Messages = 1_000,
        Applied = 1_000,
        Quoted = 1_000,
        Faults = 0,
        Seconds = 10,
        ReaderBytes = 0,
        EngineBytes = 0,
        OtherBytes = 240_000,
        Collections = default,
        ResidentFirst = 100 << 20,
        ResidentLast = 100 << 20,
        ResidentGrowth = 4_096,
        Total = new Histogram(StampTable.Layout),
        Stalls = [SampleReport.Stall("during", 700)],
    };

    [Test]
    public void CleanRunPasses() => Assert.That(Clean.Violations, Is.Empty);

    [Test]
    public void EachFaultIsToldOnce()
    {
        Assert.Multiple(() =>
        {
            Expect(Clean with { Applied = 999 }, "1 of 1000 messages are in no book");
            Expect(Clean with { Quoted = 998 }, "2 of 1000 messages are in no quote");
            Expect(Clean with { Faults = 3 }, "3 breaks");
            Expect(Clean with { ReaderBytes = 24 }, "the reader's thread allocated 24 bytes");
            Expect(Clean with { EngineBytes = 32 }, "the engine's thread allocated 32 bytes");
            Expect(
                Clean with { Collections = new GcCounts(1, 0, 0) },
                "1 garbage collections; threads off the hot path allocated 240000 bytes");
            Expect(Clean with { ResidentGrowth = 3 << 20 }, "resident memory grew by 3,072 KiB");
        });

        static void Expect(SoakReport report, string violation)
        {
            Assert.That(report.Violations, Has.Count.EqualTo(1));
            Assert.That(report.Violations[0], Does.StartWith(violation));
            Assert.That(report.ToJson(), Does.Contain("\"passed\":false"));
        }
    }

    [Test]
    public void TextTellsAccountsStallsAndVerdict()
    {
        using var text = new StringWriter();
        (Clean with { Faults = 3 }).Write(text);

        Assert.That(text.ToString(), Does.Contain("1,000 sent, 1,000 applied, 1,000 quoted, 3 faults"));
        Assert.That(text.ToString(), Does.Contain("stalls of the machine").And.Contain("during"));
        Assert.That(text.ToString(), Does.Contain("FAILED: 3 breaks").And.Not.Contain("passed"));
    }

    [Test]
    public void TrendIsTheLineThatFitsBest()
    {
        using var trend = new MemoryTrend(100);
        for (var second = 0; second < 60; second++)
        {
            trend.Add(second, 1_000_000 + (50 * second) + (second % 2 == 0 ? 300 : -300));
        }

        Assert.That(trend.Slope(), Is.EqualTo(50).Within(1));
        Assert.That(trend.Growth(), Is.EqualTo(50 * 59).Within(60));
    }

    [Test]
    public void TrendReadsThisProcess()
    {
        using var trend = new MemoryTrend(2);
        trend.Sample(0);
        trend.Sample(1);
        trend.Sample(2);
        Assert.That(trend.Count, Is.EqualTo(2), "the newest takes the last place");
        Assert.That(trend.Last, Is.GreaterThan(10 << 20));
    }

    [Test]
    public void ShortSoakAccountsForEveryMessage()
    {
        var folder = Directory.CreateTempSubdirectory("perf-soak-").FullName;
        try
        {
            RunShort(folder);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static void RunShort(string folder)
    {
        var (log, page) = (Path.Combine(folder, "soak.hlog"), Path.Combine(folder, "soak.html"));
        var run = PerfRun.Of(
            SoakCommand.Make(),
            "--minutes", "0.01", "--rate", "5000", "--warm-up", "0.1", "--wait", "blocking", "--cores", "none",
            "--json", "--hgrm", folder, "--hlog", log, "--html", page);
        var json = run.Json;
        Assert.That(json.GetProperty("messages").GetInt64(), Is.EqualTo(3_000));
        Assert.That(json.GetProperty("applied").GetInt64(), Is.EqualTo(3_000));
        Assert.That(json.GetProperty("quoted").GetInt64(), Is.EqualTo(3_000));
        Assert.That(json.GetProperty("latency").GetProperty("count").GetInt64(), Is.EqualTo(3_000));
        Assert.That(json.GetProperty("faults").GetInt64(), Is.Zero);
        Assert.That(json.GetProperty("allocatedBytes").GetProperty("perEvent").GetDouble(), Is.Zero);
        Assert.That(json.GetProperty("stalls").GetArrayLength(), Is.EqualTo(1), "the reader spins, the engine sleeps");

        Assert.That(
            File.ReadAllText(Path.Combine(folder, "soak-5000-total.hgrm")), Does.Match(@"Total count\s+=\s+3000\]"));
        using (var reader = new StreamReader(log))
        {
            var interval = new HistogramLogReader(reader).ReadToEnd().Single();
            Assert.That((interval.Tag, interval.Histogram.TotalCount), Is.EqualTo(("5000-total", 3_000L)));
        }

        Assert.That(File.ReadAllText(page), Does.Contain("\"name\":\"soak\""));
        Assert.That(
            json.GetProperty("conditions").GetProperty("command").GetString(), Does.Contain("-- soak --minutes 0.01"));

        // memory and collections of half a second belong to the test host as well; exit code and JSON must agree
        var violations = json.GetProperty("violations").EnumerateArray().Count();
        Assert.That(json.GetProperty("passed").GetBoolean(), Is.EqualTo(violations == 0));
        Assert.That(run.ExitCode, Is.EqualTo(violations == 0 ? 0 : 1));
    }

    [TestCase("--minutes", "0")]
    [TestCase("--rate", "-1")]
    public void BadUsageNamesTheOption(string option, string value)
    {
        var run = PerfRun.Of(SoakCommand.Make(), option, value);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith(option));
    }
}
