using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using LowLatencyQuoter.System.Tests.Processes;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Scripts;

/// <summary>Launching: against a copied tree, and the real server on this machine's cores.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class PinCoresRunTests
{
    [Test]
    public async Task ProgramGetsTheCoreMapTheGroupAndTheHeldFile()
    {
        using var machine = new FakeMachine(8, siblings: true);
        await PinCores.RunAsync(machine, "apply", "--yes");

        var result = await PinCores.RunAsync(
            machine, "run", "--", "sh", "-c", "env; echo pid=$$; ls -l /proc/$$/fd; exit 7");

        Assert.That(result.Code, Is.EqualTo(7), "the program's own exit code");
        Assert.That(
            result.Output,
            Does.Contain("QUOTER_CORES=engine:1,publisher:2,binance:3,bitstamp:6,kraken:7\n")
                .And.Contain("QUOTER_ENGINE_WAIT=busy-spin\n")
                .And.Contain("QUOTER_RECEIVE=polling\n")
                .And.Contain("DOTNET_PROCESSOR_COUNT=8\n")
                .And.Contain("-> " + machine.At("dev/cpu_dma_latency")));
        Assert.That(result.Output, Does.Contain("pid=" + machine.Read("sys/fs/cgroup/quoter/cgroup.procs") + "\n"));
        Assert.That(File.ReadAllBytes(machine.At("dev/cpu_dma_latency")), Is.EqualTo(new byte[4]));
    }

    [Test]
    public async Task RunWithoutAProgramIsRefused()
    {
        using var machine = new FakeMachine(8);

        var none = await PinCores.RunAsync(machine, "run");
        var unknown = await PinCores.RunAsync(machine, "run", "--", "no-such-program");

        Assert.That((none.Code, unknown.Code), Is.EqualTo((PinCores.Refused, PinCores.Refused)));
        Assert.That(unknown.Errors, Does.Contain("no program 'no-such-program'"));
    }

    [Test]
    [Category(Categories.Loopback)]
    [NonParallelizable]
    public async Task RealServersThreadsAreWhereThePlanSays()
    {
        Assume.That(Environment.ProcessorCount, Is.GreaterThan(1), "one CPU cannot be divided");
        string[] options =
            ["--force", "--isolation", "none", "--venues", "binance", "--state", "/nonexistent/pin.state"];
        var plan = await PinCores.RunAsync(null, ["plan", .. options, "--json"]);
        Assume.That(plan.Code, Is.EqualTo(PinCores.Ok), plan.Errors);
        await using var server = RunningProgram.Start(
            PinCores.Script,
            [
                "run", .. options, "--",
                "dotnet", RunningProgram.PathOf("server"), "--port", "0", "--http-port", "0",
                "--engine-wait", "blocking", "--publisher-wait", "blocking", "--receive", "blocking",
            ]);
        await server.LineAsync("quoter ready ", TimeSpan.FromSeconds(30));
        var id = server.Id.ToString(CultureInfo.InvariantCulture);

        var verify = await PinCores.RunAsync(null, ["verify", .. options, "--seconds", "0", "--pid", id, "--json"]);

        var cpu = plan.Json.GetProperty("roles")[0].GetProperty("cpu").GetInt32();
        Assert.That(verify.Texts("threads"), Does.Contain($"engine may run on {cpu}, planned {cpu}"), verify.Output);
        Assert.That(verify.Texts("couldNot"), Has.None.StartWith("threads:"));
    }
}
