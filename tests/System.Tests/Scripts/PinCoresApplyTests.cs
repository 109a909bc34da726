using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Scripts;

/// <summary>Applying, drifting and reverting; all against copied trees, in which files take what is written.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class PinCoresApplyTests
{
    private const string Group = "sys/fs/cgroup/quoter/";

    [Test]
    public async Task DryRunChangesNothing()
    {
        using var machine = new FakeMachine(8, siblings: true);
        var before = machine.Snapshot();

        var result = await PinCores.RunAsync(machine, "apply");
        await PinCores.RunAsync(machine, "plan");
        await PinCores.RunAsync(machine, "status");
        await PinCores.RunAsync(machine, "verify", "--seconds", "0");

        Assert.That(result.Code, Is.EqualTo(PinCores.Ok), result.Errors);
        Assert.That(result.Output, Does.Contain("nothing was written"));
        Assert.That(machine.Snapshot(), Is.EqualTo(before));
    }

    [Test]
    public async Task ApplyWritesExactlyThePlan()
    {
        using var machine = new FakeMachine(16, nodes: 2, nicNode: 1);
        var before = machine.Snapshot();
        var plan = await PinCores.RunAsync(machine, "plan", "--json");

        var result = await PinCores.RunAsync(machine, "apply", "--yes", "--json");

        Assert.That(result.Code, Is.EqualTo(PinCores.Ok), result.Output);
        var planned = plan.Json.GetProperty("writes").EnumerateArray()
            .ToDictionary(
                static write => write.GetProperty("path").GetString()![1..],
                static write => write.GetProperty("value").GetString()!);
        foreach (var (path, value) in planned)
        {
            Assert.That(
                machine.Read(path), Is.EqualTo(path.EndsWith("subtree_control") ? "cpu memory cpuset" : value), path);
        }

        var changed = machine.Snapshot().Except(before).Select(static entry => entry[..entry.IndexOf(' ')]);
        Assert.That(
            changed.Except(planned.Keys).Where(static path => !path.StartsWith("sys/fs/cgroup/quoter")),
            Is.EqualTo(new[] { "run", "run/quoter", "run/quoter/pin.state" }));
    }

    [Test]
    public async Task PartitionHoldsHotIdleAndServiceCpus()
    {
        using var machine = new FakeMachine(8, siblings: true);

        await PinCores.RunAsync(machine, "apply", "--yes");

        Assert.That(machine.Read(Group + "cpuset.cpus"), Is.EqualTo("1-7"));
        Assert.That(machine.Read(Group + "cpuset.cpus.exclusive"), Is.EqualTo("1-7"));
        Assert.That(machine.Read(Group + "cpuset.cpus.partition"), Is.EqualTo("isolated"));
        Assert.That(machine.Read("proc/irq/9/smp_affinity_list"), Is.EqualTo("0"));
        Assert.That(machine.Read("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor"), Is.EqualTo("performance"));
        Assert.That(machine.Read("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"), Is.EqualTo("powersave"));
    }

    [Test]
    public async Task FourCpusFenceTheSlicesInAndSayWhatThatLeaves()
    {
        using var machine = new FakeMachine(4);

        var result = await PinCores.RunAsync(machine, "apply", "--yes", "--json");

        Assert.That(result.Code, Is.EqualTo(PinCores.Partial));
        Assert.That(result.Texts("couldNot").Single(), Does.Contain("kernel threads"));
        Assert.That(machine.Read("sys/fs/cgroup/system.slice/cpuset.cpus"), Is.EqualTo("0"));
        Assert.That(machine.Read(Group + "cpuset.cpus"), Is.EqualTo("0-3"));
        Assert.That(machine.Read(Group + "cpuset.cpus.partition"), Is.EqualTo("member"));
    }

    [TestCase("partition")]
    [TestCase("slices")]
    [TestCase("none")]
    public async Task RevertRestoresTheTreeByteForByte(string isolation)
    {
        using var machine = new FakeMachine(16, siblings: true, nodes: 2, nicNode: 1);
        Directory.CreateDirectory(machine.At("run"));
        var before = machine.Snapshot();

        await PinCores.RunAsync(machine, "apply", "--yes", "--isolation", isolation);
        Assert.That(machine.Snapshot(), Is.Not.EqualTo(before));
        var reverted = await PinCores.RunAsync(machine, "revert");
        var again = await PinCores.RunAsync(machine, "revert");

        Assert.That(reverted.Code, Is.EqualTo(PinCores.Ok), reverted.Output + reverted.Errors);
        Assert.That(again.Code, Is.EqualTo(PinCores.Ok), again.Output + again.Errors);
        Assert.That(machine.Snapshot(), Is.EqualTo(before));
    }

    [Test]
    public async Task SecondApplyChangesNothing()
    {
        using var machine = new FakeMachine(8, siblings: true);
        await PinCores.RunAsync(machine, "apply", "--yes");
        var once = machine.Snapshot();

        var again = await PinCores.RunAsync(machine, "apply", "--yes", "--json");

        Assert.That((again.Code, again.Texts("changed")), Is.EqualTo((PinCores.Ok, Array.Empty<string>())));
        Assert.That(machine.Snapshot(), Is.EqualTo(once));
    }

    [TestCase("proc/irq/9/smp_affinity_list", "0-7")]
    [TestCase("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave")]
    [TestCase(Group + "cpuset.cpus.partition", "isolated invalid (Parent unable to distribute cpu downstream)")]
    public async Task DriftIsDetectedAndPutRightByApply(string path, string drifted)
    {
        using var machine = new FakeMachine(8, siblings: true);
        await PinCores.RunAsync(machine, "apply", "--yes");
        var applied = machine.Snapshot();
        var before = await PinCores.RunAsync(machine, "status", "--json");

        machine.Write(path, drifted);
        var status = await PinCores.RunAsync(machine, "status", "--json");
        var verify = await PinCores.RunAsync(machine, "verify", "--json", "--seconds", "0");
        await PinCores.RunAsync(machine, "apply", "--yes");

        Assert.That((before.Code, before.Texts("drifted")), Is.EqualTo((PinCores.Ok, Array.Empty<string>())));
        Assert.That((status.Code, verify.Code), Is.EqualTo((PinCores.Partial, PinCores.Partial)));
        Assert.That(status.Texts("drifted").Single(), Does.StartWith("/" + path).And.Contain($"'{drifted}'"));
        Assert.That(verify.Texts("drifted"), Is.EqualTo(status.Texts("drifted")));
        Assert.That(machine.Snapshot(), Is.EqualTo(applied));
    }

    [Test]
    public async Task WhatCannotBeWrittenIsPartialAndNamed()
    {
        using var machine = new FakeMachine(8, siblings: true);
        machine.Refuse("sys/devices/virtual/workqueue/cpumask");
        machine.Refuse("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor");
        var before = machine.Snapshot();

        var apply = await PinCores.RunAsync(machine, "apply", "--yes", "--json");
        var status = await PinCores.RunAsync(machine, "status");
        var revert = await PinCores.RunAsync(machine, "revert");

        Assert.That((apply.Code, status.Code), Is.EqualTo((PinCores.Partial, PinCores.Partial)));
        Assert.That(apply.Texts("couldNot"), Is.EqualTo(new[]
        {
            "/sys/devices/virtual/workqueue/cpumask: cannot write '00000001': Permission denied",
            "/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor: cannot write 'performance': Permission denied",
        }));
        Assert.That(revert.Code, Is.EqualTo(PinCores.Ok), revert.Output);
        Assert.That(machine.Snapshot().Except(before), Is.EqualTo(new[] { "run folder" }));
    }

    [Test]
    public async Task PartitionThatTheKernelCallsInvalidIsNoSuccess()
    {
        using var machine = new FakeMachine(8, siblings: true);
        Directory.CreateDirectory(machine.At(Group));
        machine.Write(Group + "cgroup.procs", "");
        foreach (var name in new[] { "cpuset.cpus", "cpuset.cpus.exclusive", "cpuset.mems" })
        {
            machine.Write(Group + name, "");
        }

        File.CreateSymbolicLink(machine.At(Group + "cpuset.cpus.partition"), "/dev/null");

        var apply = await PinCores.RunAsync(machine, "apply", "--yes", "--json");

        Assert.That(apply.Code, Is.EqualTo(PinCores.Partial));
        Assert.That(apply.Texts("couldNot").Single(), Does.Contain("wrote 'isolated', the kernel made it ''"));
    }

    [Test]
    public async Task AnotherPlanIsRefusedUntilReverted()
    {
        using var machine = new FakeMachine(8, siblings: true);
        await PinCores.RunAsync(machine, "apply", "--yes");

        var other = await PinCores.RunAsync(machine, "apply", "--yes", "--venues", "binance");

        Assert.That(other.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(other.Errors, Does.Contain("revert it first"));
    }

    [Test]
    public async Task RevertIsRefusedWhileTheServerRuns()
    {
        using var machine = new FakeMachine(8, siblings: true);
        await PinCores.RunAsync(machine, "apply", "--yes");
        machine.Write(Group + "cgroup.procs", "4242");
        var applied = machine.Snapshot();

        var result = await PinCores.RunAsync(machine, "revert", "--json");

        Assert.That(result.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(result.Text("refused"), Does.Contain("4242"));
        Assert.That(machine.Snapshot(), Is.EqualTo(applied));
    }

    [Test]
    public async Task DamagedStateFileIsRefused()
    {
        using var machine = new FakeMachine(8);
        machine.Write("run/quoter/pin.state", "something else");

        var result = await PinCores.RunAsync(machine, "revert");

        Assert.That(result.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(result.Errors, Does.Contain("restore by hand"));
    }

    [Test]
    public async Task StatusWithoutApplySaysSo()
    {
        using var machine = new FakeMachine(8);

        var result = await PinCores.RunAsync(machine, "status", "--json");

        Assert.That(result.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(result.Json.GetProperty("applied").GetBoolean(), Is.False);
    }

    [Test]
    public async Task ServiceThatMovesInterruptsBackIsNamed()
    {
        using var machine = new FakeMachine(8, siblings: true);
        machine.AddProcess(700, ("irqbalance", "0"));

        var result = await PinCores.RunAsync(machine, "apply", "--yes", "--json");

        Assert.That(result.Code, Is.EqualTo(PinCores.Partial));
        Assert.That(result.Texts("couldNot").Single(), Does.Contain("irqbalance"));
    }
}
