using System;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Perf.Latency;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Latency;

[TestFixture]
internal sealed class StartCommandTests
{
    private static readonly string[] Phases = ["first-cold", "steady-cold", "first-warm", "steady-warm"];
    private static readonly string[] Small =
    [
        "warm-up", "--rate", "5000", "--seconds", "0.1", "--warm-up", "0.2", "--jitter-seconds", "0",
        "--wait", "blocking", "--cores", "none", "--depth", "100", "--venues", "2",
    ];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("perf-test-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, true);

    [Test]
    public void ColdAndWarmStartsAreShownBesideTheirSteadyStates()
    {
        var document = Path.Combine(_folder, "README.md");
        File.WriteAllText(document, "<!-- warm-up -->\nstale text\n<!-- /warm-up -->\n");
        var (log, page) = (Path.Combine(_folder, "starts.hlog"), Path.Combine(_folder, "starts.html"));
        var run = PerfRun.Of(
            LatencyCommand.Make(),
            [.. Small, "--json", "--hgrm", _folder, "--hlog", log, "--html", page, "--into", document]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var rates = run.Json.GetProperty("rates").EnumerateArray().ToArray();
        Assert.That(rates.Select(static rate => rate.GetProperty("phase").GetString()), Is.EqualTo(Phases));
        foreach (var rate in rates)
        {
            Assert.That(rate.GetProperty("offeredPerSecond").GetDouble(), Is.EqualTo(5_000));
            var window = rate.GetProperty("windows").EnumerateArray().Single();
            Assert.That(window.GetProperty("lost").GetInt64(), Is.Zero);
            Assert.That(
                window.GetProperty("stages").GetProperty("total").GetProperty("count").GetInt64(), Is.EqualTo(500));
            Assert.That(window.GetProperty("stalls").GetArrayLength(), Is.Positive);
        }

        var conditions = run.Json.GetProperty("conditions");
        Assert.That(conditions.GetProperty("warm-up, cold").GetString(), Is.EqualTo("none"));
        Assert.That(conditions.GetProperty("warm-up, warm").GetString(), Does.Contain("methods compiled"));
        foreach (var phase in Phases)
        {
            var file = Path.Combine(_folder, $"warm-up-5000-{phase}-total.hgrm");
            Assert.That(File.ReadAllText(file), Does.Match(@"Total count\s+=\s+500\]"));
            Assert.That(File.ReadAllText(page), Does.Contain($"\"phase\":\"{phase}\""));
        }

        var text = File.ReadAllText(document);
        Assert.That(text, Does.Not.Contain("stale text"));
        Assert.That(text, Does.StartWith("<!-- warm-up -->").And.EndWith("<!-- /warm-up -->\n"));
        Assert.That(
            Phases,
            Is.All.Matches<string>(phase => text.Contains($"| 5,000 {phase} |", StringComparison.Ordinal)));

        using var reader = new StreamReader(log);
        var intervals = new HistogramLogReader(reader).ReadToEnd().ToArray();
        Assert.That(
            intervals.Select(static interval => interval.Tag),
            Is.EqualTo(Phases.SelectMany(static phase => StampTable.Stages, static (phase, stage) =>
                $"5000-{phase}-{stage}")));
        Assert.That(intervals.Select(static interval => interval.Histogram.TotalCount), Is.All.EqualTo(500));
    }

    [Test]
    public void TextNamesThePhases()
    {
        var run = PerfRun.Of(LatencyCommand.Make(), [.. Small, "--baselines", _folder]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        foreach (var phase in Phases)
        {
            Assert.That(run.Output, Does.Contain($"{phase}: 5,000 messages/s offered"));
        }
    }

    [TestCase("--rates: '0'", "--rate", "0")]
    [TestCase("--seconds: 0", "--seconds", "0")]
    [TestCase("--warm-up: 0 leaves nothing to compare", "--warm-up", "0", "--seconds", "0.05", "--jitter-seconds", "0")]
    [TestCase("--probe: 'tepid' is not cold or warm", "--probe", "tepid")]
    public void BadUsageNamesTheOption(string message, params string[] arguments)
    {
        var run = PerfRun.Of(
            LatencyCommand.Make(), ["warm-up", "--wait", "blocking", "--cores", "none", .. arguments]);

        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain(message));
    }
}
