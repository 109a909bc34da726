using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Compare;

public sealed class MicroProcessTests
{
    [Test]
    public async Task ABenchmarkRunsBothSidesAndShowsTheirAllocations()
    {
        var (exitCode, output, errors) = await PerfProgram.RunAsync("micro", "--dry", "--filter",
            "*HistogramBenchmarks*");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain("| Ours ").And.Contain("| Otherwise ").And.Contain("Allocated"));
        Assert.That(output, Does.Contain("executed benchmarks: 2"));
    }

    [Test]
    public async Task JsonTellsBothSidesOfEachCase()
    {
        var (exitCode, output, errors) = await PerfProgram.RunAsync(
            "micro", "--dry", "--json", "--filter", "*HistogramBenchmarks*");

        Assert.That(exitCode, Is.Zero, errors);
        using var document = JsonDocument.Parse(output);
        var results = document.RootElement.GetProperty("results").EnumerateArray().ToArray();
        Assert.That(
            results.Select(static result => result.GetProperty("side").GetString()),
            Is.EquivalentTo(["ours", "baseline"]));
        foreach (var result in results)
        {
            Assert.That(result.GetProperty("name").GetString(), Is.EqualTo("histogram.record"));
            Assert.That(result.GetProperty("mean").GetDouble(), Is.Positive);
        }

        Assert.That(
            document.RootElement.GetProperty("machine").GetProperty("commit").GetString(), Is.Not.Empty);
        Assert.That(
            document.RootElement.GetProperty("command").GetString(), Does.EndWith("--filter '*HistogramBenchmarks*'"));
    }

    [Test]
    public async Task AFilterThatMatchesNothingIsBadUsage()
    {
        var (exitCode, _, errors) = await PerfProgram.RunAsync("micro", "--filter", "nothing*");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Is.EqualTo("--filter: no benchmark matches nothing*; '*' takes all\n"));
    }
}
