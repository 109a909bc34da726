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
    public async Task AFilterThatMatchesNothingIsBadUsage()
    {
        var (exitCode, _, errors) = await PerfProgram.RunAsync("micro", "--filter", "nothing*");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Is.EqualTo("--filter: no benchmark matches nothing*; '*' takes all\n"));
    }
}
