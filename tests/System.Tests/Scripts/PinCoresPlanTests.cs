using System.IO;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Scripts;

/// <summary>What <c>scripts/pin-cores.sh plan</c> makes of machines of different shapes.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class PinCoresPlanTests
{
    [TestCase("four", 4, false, 1, -1)]
    [TestCase("eight-siblings", 8, true, 1, 0)]
    [TestCase("sixteen-two-nodes", 16, false, 2, 1)]
    public async Task PlanIsTheRecordedOneInTextAndJson(string name, int cpus, bool siblings, int nodes, int nicNode)
    {
        using var machine = new FakeMachine(cpus, siblings, nodes, nicNode);

        var text = await PinCores.RunAsync(machine, "plan");
        var json = await PinCores.RunAsync(machine, "plan", "--json");

        Assert.That((text.Code, json.Code), Is.EqualTo((PinCores.Ok, PinCores.Ok)), text.Errors + json.Errors);
        using var both = Assert.EnterMultipleScope();
        AssertRecorded(name + ".txt", text.Output);
        AssertRecorded(name + ".json", json.Output);
    }

    [Test]
    public async Task TwoCpusAreRefusedUnlessForced()
    {
        using var machine = new FakeMachine(2);

        var refused = await PinCores.RunAsync(machine, "plan", "--json");
        var forced = await PinCores.RunAsync(machine, "plan", "--force", "--json");

        Assert.That(refused.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(refused.Text("refused"), Does.Contain("fewer than 4").And.Contain("--force"));
        Assert.That(forced.Code, Is.EqualTo(PinCores.Ok), forced.Errors);
        Assert.That((forced.Text("cores"), forced.Text("housekeeping")), Is.EqualTo(("engine:1", "0")));
    }

    [Test]
    public async Task OneCpuIsRefusedEvenWhenForced()
    {
        using var machine = new FakeMachine(2);
        machine.Write("sys/devices/system/cpu/online", "0");

        var result = await PinCores.RunAsync(machine, "plan", "--force");

        Assert.That(result.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(result.Errors, Does.Contain("one CPU"));
    }

    [Test]
    public async Task SiblingOfTheEngineIsNeverUsed()
    {
        using var machine = new FakeMachine(8, siblings: true);

        var plan = await PinCores.RunAsync(machine, "plan", "--json", "--venues", "binance,bitstamp,kraken,okx,bybit");

        Assert.That(plan.Text("idle"), Is.EqualTo("5"));
        Assert.That(plan.Text("cores"), Is.EqualTo("engine:1,publisher:2,binance:3,bitstamp:6,kraken:7"));
        Assert.That(plan.Texts("environment"), Does.Contain("QUOTER_RECEIVE=blocking"), "two readers have no core");
        Assert.That(plan.Texts("environment"), Does.Contain("QUOTER_VENUES=binance,bitstamp,kraken,okx,bybit"));
    }

    [TestCase(5)]
    [TestCase(6)]
    [TestCase(12)]
    public async Task TwoHousekeepingCpusRemainAboveFour(int cpus)
    {
        using var machine = new FakeMachine(cpus);

        var plan = await PinCores.RunAsync(
            machine, "plan", "--json",
            "--venues", "binance,bitstamp,kraken,okx,bybit,kucoin,gateio,bitfinex,cryptocom,coinbase");

        Assert.That(plan.Text("housekeeping"), Is.EqualTo($"0,{cpus - 1}"));
    }

    [Test]
    public async Task CpusIsolatedByTheBootLineArePreferred()
    {
        using var machine = new FakeMachine(8);
        machine.Write("sys/devices/system/cpu/isolated", "5-7");

        var plan = await PinCores.RunAsync(machine, "plan", "--json", "--venues", "binance");

        Assert.That(plan.Text("cores"), Is.EqualTo("engine:5,publisher:6,binance:7"));
    }

    [TestCase("v1", "v1, which has no partitions")]
    [TestCase("none", "no cgroup hierarchy")]
    public async Task MissingPartitionsAreSaid(string cgroups, string reason)
    {
        using var machine = new FakeMachine(8, cgroups: cgroups);

        var plan = await PinCores.RunAsync(machine, "plan", "--json");

        var insisted = await PinCores.RunAsync(machine, "plan", "--isolation", "slices");
        Assert.That(insisted.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(plan.Text("isolation"), Is.EqualTo("none"));
        Assert.That(plan.Texts("couldNot").Single(), Does.Contain(reason));
    }

    [Test]
    public async Task OldKernelGetsSlices()
    {
        using var machine = new FakeMachine(8, kernel: "5.15.0-generic");

        var plan = await PinCores.RunAsync(machine, "plan", "--json");
        var insisted = await PinCores.RunAsync(machine, "plan", "--isolation", "partition");

        Assert.That(plan.Text("isolation"), Is.EqualTo("slices"));
        Assert.That(insisted.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(insisted.Errors, Does.Contain("5.15.0"));
    }

    [Test]
    public async Task SeveralServiceCpusNeedABalancedPartition()
    {
        using var machine = new FakeMachine(16);

        var plan = await PinCores.RunAsync(machine, "plan", "--json", "--service", "3");

        Assert.That((plan.Text("partition"), plan.Text("service")), Is.EqualTo(("root", "6-8")));
    }

    [Test]
    public async Task ContainerUsesOnlyWhatItMay()
    {
        using var machine = new FakeMachine(16);
        machine.Write("run/systemd/container", "docker");
        machine.Write("proc/1/status", "Name:\tinit\nCpus_allowed_list:\t4-9");

        var plan = await PinCores.RunAsync(machine, "plan", "--json");

        Assert.That(plan.Text("housekeeping"), Is.EqualTo("4,9"));
        Assert.That(plan.Text("cores"), Is.EqualTo("engine:5,publisher:6,binance:7,bitstamp:8"));
        Assert.That(plan.Texts("couldNot").Single(), Does.Contain("container"));
    }

    [TestCase("unknown argument '--bogus'", "plan", "--bogus")]
    [TestCase("unknown argument 'isolate'", "isolate")]
    [TestCase("no command")]
    [TestCase("needs a value", "plan", "--venues")]
    [TestCase("names by commas", "plan", "--venues", "binance;reboot")]
    [TestCase("named twice", "plan", "--venues", "kraken,kraken")]
    [TestCase("auto, partition, slices or none", "plan", "--isolation", "much")]
    [TestCase("no network interface 'eth9'; there are: eth0 lo", "plan", "--nic", "eth9")]
    [TestCase("only run takes a program", "plan", "--", "true")]
    public async Task BadUsageIsRefused(string message, params string[] arguments)
    {
        using var machine = new FakeMachine(8);

        var result = await PinCores.RunAsync(machine, arguments);

        Assert.That(result.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(result.Errors, Does.Contain(message));
    }

    private static void AssertRecorded(string name, string actual)
    {
        var folder = Path.Combine(Repository.Root, "tests", "System.Tests", "Scripts", "Golden");
        var recorded = Path.Combine(folder, name);
        var expected = File.Exists(recorded) ? File.ReadAllText(recorded) : "";
        if (actual != expected)
        {
            File.WriteAllText(Path.Combine(TestContext.CurrentContext.WorkDirectory, name), actual);
        }

        Assert.That(actual, Is.EqualTo(expected), $"{name} of the test's work directory is what was printed");
    }
}
