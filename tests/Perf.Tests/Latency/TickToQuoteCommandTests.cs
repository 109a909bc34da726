using System;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Perf.Latency;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Latency;

[TestFixture]
internal sealed class TickToQuoteCommandTests
{
    private static readonly string[] Small =
    [
        "tick-to-quote", "--windows", "2", "--seconds", "0.05", "--warm-up", "0", "--jitter-seconds", "0.02",
        "--wait", "blocking", "--cores", "none", "--depth", "100", "--no-saturation",
    ];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("perf-test-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, true);

    [Test]
    public void JsonTellsEveryMessageOfEveryRateAndWindow()
    {
        var run = PerfRun.Of(LatencyCommand.Make(), [.. Small, "--rates", "10000,20000", "--json"]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var rates = run.Json.GetProperty("rates").EnumerateArray().ToArray();
        var offered = rates.Select(static rate => rate.GetProperty("offeredPerSecond").GetDouble());
        Assert.That(offered, Is.EqualTo(new[] { 10_000.0, 20_000 }));
        foreach (var (rate, messages) in rates.Zip([500, 1_000]))
        {
            var windows = rate.GetProperty("windows").EnumerateArray().ToArray();
            Assert.That(windows, Has.Length.EqualTo(2));
            foreach (var window in windows)
            {
                Assert.That(window.GetProperty("messages").GetInt64(), Is.EqualTo(messages));
                Assert.That(window.GetProperty("lost").GetInt64(), Is.Zero);
                foreach (var stage in StampTable.Stages)
                {
                    Assert.That(
                        window.GetProperty("stages").GetProperty(stage).GetProperty("count").GetInt64(),
                        Is.EqualTo(messages),
                        stage);
                }
            }

            var total = rate.GetProperty("stages").EnumerateArray().Last();
            Assert.That(total.GetProperty("count").GetInt64(), Is.EqualTo(2 * messages));
            Assert.That(total.GetProperty("p50").GetDouble(), Is.InRange(1, total.GetProperty("max").GetDouble()));
        }

        Assert.That(
            run.Json.GetProperty("conditions").GetProperty("command").GetString(),
            Is.EqualTo("dotnet run -c Release --project perf -- latency " + string.Join(' ', Small)
                + " --rates 10000,20000 --json"));
        Assert.That(run.Json.GetProperty("conditions").GetProperty("commit").GetString(), Is.Not.Empty);
        Assert.That(run.Json.GetProperty("earlier").GetProperty("machine").GetString(), Has.Length.EqualTo(12));
        Assert.That(run.Json.GetProperty("unpaced").GetProperty("messagesPerSecond").GetDouble(), Is.Positive);
        Assert.That(run.Json.GetProperty("machine").GetProperty("id").GetString(), Has.Length.EqualTo(12));
    }

    [Test]
    public void FilesHoldWhatTheToolsOfHistogramsRead()
    {
        var log = Path.Combine(_folder, "windows.hlog");
        var run = PerfRun.Of(
            LatencyCommand.Make(),
            [.. Small, "--rates", "10000", "--no-unpaced", "--hgrm", _folder, "--hlog", log]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        using (var reader = new StreamReader(log))
        {
            var intervals = new HistogramLogReader(reader).ReadToEnd().ToArray();
            var tags = intervals.Select(static interval => interval.Tag).Distinct();
            Assert.That(tags, Has.Exactly(StampTable.Stages.Length).Items);
            Assert.That(intervals.Select(static interval => interval.Histogram.TotalCount), Is.All.EqualTo(500));
            Assert.That(intervals, Has.Length.EqualTo(2 * StampTable.Stages.Length));
        }

        foreach (var stage in StampTable.Stages)
        {
            var text = File.ReadAllText(Path.Combine(_folder, $"tick-to-quote-10000-{stage}.hgrm"));
            Assert.That(text, Does.Match(@"Total count\s+=\s+1000\]"), stage);
        }
    }

    [Test]
    public void TextShowsConditionsStagesAndStalls()
    {
        var run = PerfRun.Of(LatencyCommand.Make(), [.. Small, "--rates", "10000", "--baselines", _folder]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("wait strategy          blocking"));
        Assert.That(run.Output, Does.Contain("p99.99"));
        Assert.That(run.Output, Does.Contain("gc 0/").And.Contain("bytes reader "));
        Assert.That(run.Output, Does.Contain("unpaced: "));
        Assert.That(run.Output, Does.Contain("no baseline of machine"));
        Assert.That(run.Error, Is.Empty, "no progress where stderr is no terminal");
    }

    [Test]
    public void MarkdownGoesIntoItsPlaceInADocument()
    {
        var document = Path.Combine(_folder, "README.md");
        File.WriteAllText(document, "# Title\n\n<!-- tick-to-quote -->\nold\n<!-- /tick-to-quote -->\n\nrest\n");
        var run = PerfRun.Of(
            LatencyCommand.Make(),
            [.. Small, "--rates", "10000", "--no-unpaced", "--split-quote", "--markdown", "--into", document]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var text = File.ReadAllText(document);
        Assert.That(text, Does.StartWith("# Title\n").And.EndWith("<!-- /tick-to-quote -->\n\nrest\n"));
        Assert.That(text, Does.Not.Contain("old").And.Contain(run.Output.Trim()));
        foreach (var stage in StampTable.SplitStages)
        {
            Assert.That(run.Output, Does.Match($@"\|[^|]*\|[^|]*\| \**{stage}\** \| [\d.,]+ \|"), stage);
        }

        Assert.That(run.Output, Does.Contain("| wait strategy | blocking |").And.Contain("| during | reader |"));
    }

    [Test]
    public void DocumentWithoutAPlaceIsRefusedBeforeAnythingIsMeasured()
    {
        var document = Path.Combine(_folder, "README.md");
        Assert.That(Into().Error, Does.StartWith($"--into: no file {document}"));
        File.WriteAllText(document, "# Title\n");
        var run = Into();
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("write the lines '<!-- tick-to-quote -->'"));

        PerfRun Into() => PerfRun.Of(
            LatencyCommand.Make(), "tick-to-quote", "--wait", "blocking", "--cores", "none", "--into", document);
    }

    [Test]
    public void SaturationIsSearchedBehindTheRatesGiven()
    {
        var run = PerfRun.Of(
            LatencyCommand.Make(),
            [.. Small.Except(["--no-saturation"]), "--rates", "1000", "--no-unpaced", "--json"]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var saturation = run.Json.GetProperty("saturation");
        var rates = run.Json.GetProperty("rates").EnumerateArray().ToArray();
        Assert.That(rates.Length, Is.GreaterThan(1));
        foreach (var (name, sustained) in (ReadOnlySpan<(string, bool)>)[("sustained", true), ("unsustained", false)])
        {
            // how fast this machine is does not matter, nor where it ends: what is said must be what was measured
            if (saturation.GetProperty(name + "PerSecond").GetDouble() is > 0 and var rate)
            {
                var measured = rates.Single(each => each.GetProperty("offeredPerSecond").GetDouble() == rate);
                Assert.That(measured.GetProperty("sustained").GetBoolean(), Is.EqualTo(sustained), name);
            }
        }
    }

    [Test]
    public void SavedBaselineIsToldNextTime()
    {
        string[] arguments = [.. Small, "--rates", "10000", "--no-unpaced", "--baselines", _folder];
        Assert.That(PerfRun.Of(LatencyCommand.Make(), [.. arguments, "--save"]).Output, Does.Contain(".latency.json"));
        var run = PerfRun.Of(LatencyCommand.Make(), arguments);
        Assert.That(run.Output, Does.Match(@"tick-to-quote 10000/s total p50\s+[\d,]+ ns, was [\d,]+ \("));
    }

    [TestCase("--rates: 'fast'", "--rates", "fast")]
    [TestCase("--rates: '0'", "--rates", "0")]
    [TestCase("--venues: 11", "--venues", "11")]
    [TestCase("--lanes: 5", "--lanes", "5", "--venues", "3")]
    [TestCase("--diff-levels: 21", "--diff-levels", "21")]
    [TestCase("--wait: 'sleepy'", "--wait", "sleepy")]
    [TestCase("--windows: 0", "--windows", "0")]
    [TestCase("there is no role 'writer'", "--cores", "writer:0")]
    [TestCase("'1' is not role:core", "--cores", "1")]
    [TestCase("--nonsense", "--nonsense")]
    public void BadUsageNamesTheOption(string message, params string[] arguments)
    {
        var run = PerfRun.Of(LatencyCommand.Make(), ["tick-to-quote", .. arguments]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(message));
        Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }
}
