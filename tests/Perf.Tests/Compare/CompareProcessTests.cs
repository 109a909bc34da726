using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Compare;

/// <summary>The contract of the command line.</summary>
public sealed class CompareProcessTests
{
    private static readonly string[] Others =
    [
        "latency tick-to-quote", "latency wire-to-client", "latency warm-up", "soak", "jitter",
        "micro BookBenchmarks", "micro DecodeBenchmarks",
    ];

    [Test]
    public async Task TheLastLineIsOneJsonObjectOfTheDocumentedShape()
    {
        var (exitCode, output, errors) = await PerfProgram.RunAsync(
            "compare", "--quick", "--only", "histogram.record", "--json");

        Assert.That(exitCode, Is.Zero, errors);
        using var document = JsonDocument.Parse(output.TrimEnd('\n').Split('\n')[^1]);
        var root = document.RootElement;
        Assert.That(
            root.GetProperty("command").GetString(),
            Is.EqualTo("dotnet run -c Release --project perf -- compare --quick --only histogram.record --json"));
        Assert.That(root.GetProperty("stalls").GetArrayLength(), Is.Zero, "a record is no latency of the machine");
        Assert.That(
            root.GetProperty("earlier").GetProperty("machine").GetString(),
            Is.EqualTo(root.GetProperty("machine").GetProperty("id").GetString()));
        var machine = root.GetProperty("machine");
        foreach (var name in (string[])["id", "cpu", "kernel", "runtime", "gc", "commit"])
        {
            Assert.That(machine.GetProperty(name).GetString(), Is.Not.Empty, name);
        }

        Assert.That(machine.GetProperty("cores").GetInt32(), Is.Positive);
        Assert.That(machine.GetProperty("clockNanos").GetDouble(), Is.Positive);
        Assert.That(root.GetProperty("rounds").GetInt32(), Is.EqualTo(7));
        var result = root.GetProperty("results").EnumerateArray().Single();
        Assert.That(result.GetProperty("name").GetString(), Is.EqualTo("histogram.record"));
        Assert.That(result.GetProperty("unit").GetString(), Is.EqualTo("ns"));
        Assert.That(result.GetProperty("baselineName").GetString(), Does.StartWith("Meter Histogram<long>"));
        var ours = result.GetProperty("ours").GetDouble();
        var baseline = result.GetProperty("baseline").GetDouble();
        Assert.That(ours, Is.Positive);
        Assert.That(result.GetProperty("ratio").GetDouble(), Is.EqualTo(baseline / ours).Within(0.1).Percent);
        Assert.That(root.GetProperty("allocations").GetProperty("histogram.record").GetDouble(), Is.Zero);
    }

    [Test]
    public async Task PlainOutputIsATableWithoutControlCodes()
    {
        var (exitCode, output, errors) = await PerfProgram.RunAsync(
            "compare", "--quick", "--rounds", "1", "--only", "histogram");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain("histogram.record").And.Contain("ratio"));
        Assert.That(output + errors, Does.Not.Contain("\u001b"));
    }

    [Test]
    public async Task StallsOfTheMachineStandBesideALatency()
    {
        var (exitCode, output, errors) = await PerfProgram.RunAsync(
            "compare", "--quick", "--rounds", "1", "--only", "pipeline.tick-to-quote", "--json");

        Assert.That(exitCode, Is.Zero, errors);
        using var document = JsonDocument.Parse(output);
        var ofCase = document.RootElement.GetProperty("results")[0].GetProperty("stalls").EnumerateArray().ToArray();
        Assert.That(ofCase, Is.Not.Empty);
        Assert.That(ofCase[0].GetProperty("when").GetString(), Is.EqualTo("between"));
        Assert.That(ofCase[0].GetProperty("seconds").GetDouble(), Is.Positive);
        Assert.That(document.RootElement.GetProperty("stalls").GetArrayLength(), Is.EqualTo(ofCase.Length));
    }

    [TestCase("--save: the times of --quick", "compare", "--quick", "--save")]
    [TestCase("no case begins with 'nope'", "compare", "--only", "nope")]
    [TestCase("--rounds: 0 is not from 1 to 1000", "compare", "--rounds", "0")]
    [TestCase("--rounds", "compare", "--rounds", "many")]
    [TestCase("nonsense", "nonsense")]
    public async Task BadUsageExitsWithTwoAndOneLine(string reason, params string[] arguments)
    {
        var (exitCode, output, errors) = await PerfProgram.RunAsync(arguments);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        Assert.That(errors, Does.Contain(reason));
        Assert.That(errors.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task ListNamesEveryCaseOnALine()
    {
        var (exitCode, output, _) = await PerfProgram.RunAsync("list");

        Assert.That(exitCode, Is.Zero);
        var names = output.TrimEnd('\n').Split('\n').Select(static line => line.Split(' ')[0]);
        Assert.That(names, Is.SupersetOf(ComparisonCatalogTests.Names));
        foreach (var name in Others)
        {
            Assert.That(output, Does.Match($"(?m)^{Regex.Escape(name)} +[A-Za-z]"), "with what it is");
        }
    }

    [Test]
    public async Task ListAsJsonNamesTheSame()
    {
        var (exitCode, output, errors) = await PerfProgram.RunAsync("list", "--json");

        Assert.That(exitCode, Is.Zero, errors);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.That(Names(root.GetProperty("compare")), Is.SupersetOf(ComparisonCatalogTests.Names));
        Assert.That(Names(root.GetProperty("latency")), Is.EqualTo(["tick-to-quote", "wire-to-client", "warm-up"]));
        Assert.That(Names(root.GetProperty("others")), Is.EqualTo(["soak", "jitter"]));
        foreach (var benchmarks in root.GetProperty("micro").EnumerateArray())
        {
            var cases = benchmarks.GetProperty("cases").EnumerateArray().Select(static name => name.GetString());
            Assert.That(ComparisonCatalogTests.Names, Is.SupersetOf(cases));
        }

        static string[] Names(JsonElement items) =>
            [.. items.EnumerateArray().Select(static item => item.GetProperty("name").GetString()!)];
    }
}
