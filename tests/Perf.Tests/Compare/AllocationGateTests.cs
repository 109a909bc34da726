using System.Collections.Generic;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Perf.Compare;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Compare;

public sealed class AllocationGateTests
{
    [TestCase("listed", 16, 0)]
    [TestCase("listed", 16.1, 1)]
    [TestCase("zero", 0, 0)]
    [TestCase("zero", 0.001, 1)]
    [TestCase("unlisted", 0, 0)]
    [TestCase("unlisted", 24, 1)]
    public void MoreThanTheLimitIsAViolationAndAnUnlistedCaseMayAllocateNothing(string name, double bytes, int count)
    {
        var gate = new AllocationGate(new Dictionary<string, double> { ["listed"] = 16, ["zero"] = 0 });

        Assert.That(gate.Violations([Result(name, bytes)]), Has.Count.EqualTo(count));
    }

    [Test]
    public void AViolationNamesTheCaseAndBothFigures()
    {
        var gate = new AllocationGate(new Dictionary<string, double> { ["grpc"] = 16 });

        Assert.That(
            gate.Violations([Result("grpc", 40.25), Result("fine", 0)]),
            Is.EqualTo(["grpc allocates 40.25 bytes an operation; 16 are allowed"]));
    }

    [Test]
    public void TheRepositorysLimitsAreZeroExceptForTheFanOutAndTheFrameworksTls()
    {
        var gate = AllocationGate.Load(Path.Combine(Repository.Root, "perf", "baselines", "allocations.json"));

        foreach (var name in ComparisonCatalog.All.Select(static item => item.Name))
        {
            Assert.That(gate.LimitOf(name), Is.EqualTo(Limit(name)), name);
        }
    }

    [TestCase("{\"a\": -1}", "a is -1")]
    [TestCase("{\"a\": \"none\"}", "case names and bytes")]
    [TestCase("[1]", "case names and bytes")]
    [TestCase("{", "case names and bytes")]
    public void AFileThatIsNotOfLimitsIsRefusedByName(string text, string reason)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, TestContext.CurrentContext.Test.ID + ".json");
        File.WriteAllText(path, text);

        Assert.That(
            () => AllocationGate.Load(path),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(path).And.Message.Contains(reason));
        File.Delete(path);
    }

    // of TLS: what is made once, spread over 100,000 messages
    private static double Limit(string name) => name switch
    {
        "grpc.fanout.100" => 16,
        "websocket.read.tls" => 0.01,
        _ => 0,
    };

    private static ComparedCase Result(string name, double bytes)
    {
        var figures = new SideFigures();
        figures.Add(new Figure(1));
        return new ComparedCase(new ComparisonCase(name, "ns", false, "b", "c", null!), figures, figures, bytes);
    }
}
