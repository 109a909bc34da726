using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Scripts;

/// <summary>What <c>verify</c> finds out about threads, strangers and interrupts, 8 CPUs with siblings.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class PinCoresVerifyTests
{
    private const int Server = 4242;
    private static readonly (string, string)[] Planned =
    [
        (".NET", "4"), ("engine", "1"), ("publisher", "2"),
        ("feed-binance", "3"), ("feed-bitstamp", "6"), ("feed-kraken", "7"),
    ];

    [Test]
    public async Task EverythingInPlaceIsOk()
    {
        using var machine = await AppliedAsync(Planned);

        var result = await VerifyAsync(machine);

        Assert.That(result.Code, Is.EqualTo(PinCores.Ok), result.Output);
        Assert.That(result.Text("server"), Is.EqualTo("4242"));
        Assert.That(result.Texts("threads"), Does.Contain("engine may run on 1, planned 1"));
        Assert.That(result.Texts("threads"), Does.Contain("engine: 0 involuntary switches"));
    }

    [Test]
    public async Task ThreadElsewhereThanPlannedIsNamed()
    {
        using var machine = await AppliedAsync([.. Planned[..1], ("engine", "0-7"), .. Planned[2..]]);

        var result = await VerifyAsync(machine);

        Assert.That(result.Code, Is.EqualTo(PinCores.Partial));
        Assert.That(result.Texts("couldNot").Single(), Is.EqualTo("threads: engine may run on 0-7, planned is 1"));
    }

    [Test]
    public async Task PoolThreadOnAHotCpuIsNamed()
    {
        using var machine = await AppliedAsync([.. Planned, (".NET TP Worker", "3-4")]);

        var result = await VerifyAsync(machine);

        Assert.That(result.Texts("couldNot").Single(), Does.StartWith("threads: .NET TP Worker may run on 3-4"));
    }

    [Test]
    public async Task MissingReaderIsNamed()
    {
        using var machine = await AppliedAsync(Planned[..^1]);

        var result = await VerifyAsync(machine);

        Assert.That(result.Texts("couldNot").Single(), Does.Contain("no thread 'feed-kraken'"));
    }

    [Test]
    public async Task StrangerOnTheIdleSiblingIsNamed()
    {
        using var machine = await AppliedAsync(Planned);
        machine.AddProcess(900, ("backup", "5"));

        var result = await VerifyAsync(machine);

        Assert.That(result.Texts("couldNot").Single(), Does.Contain("1 threads of").And.Contain("backup"));
    }

    [Test]
    public async Task DeviceInterruptOnAHotCpuFailsAndTicksAreReported()
    {
        using var machine = await AppliedAsync(Planned);
        File.Copy(machine.At("proc/interrupts"), machine.At("earlier"));
        machine.WriteCounts(8, network: 103, ticks: 150);

        var result = await PinCores.RunAsync(machine, "verify", "--json", "--since", machine.At("earlier"));

        Assert.That(result.Code, Is.EqualTo(PinCores.Partial));
        Assert.That(result.Texts("couldNot"), Does.Contain("interrupts: device interrupt 40 came 3 times to CPU 1"));
        Assert.That(result.Texts("couldNot"), Has.Length.EqualTo(6), "five hot CPUs and the idle one");
        Assert.That(result.Texts("interrupts"), Does.Contain("cpu 5 LOC +50"));
    }

    [Test]
    public async Task UnheldLatencyIsNamed()
    {
        using var machine = await AppliedAsync(Planned);
        File.Delete(machine.At($"proc/{Server}/fd/11"));

        var result = await VerifyAsync(machine);

        Assert.That(result.Texts("couldNot").Single(), Does.Contain("does not hold /dev/cpu_dma_latency"));
    }

    [Test]
    public async Task MissingServerIsPartial()
    {
        using var machine = new FakeMachine(8, siblings: true);
        await PinCores.RunAsync(machine, "apply", "--yes");

        var result = await VerifyAsync(machine);

        Assert.That(result.Code, Is.EqualTo(PinCores.Partial));
        Assert.That(result.Texts("couldNot").Single(), Does.Contain("no running server"));
    }

    [Test]
    public async Task SeveralServersHaveToBeToldApart()
    {
        using var machine = await AppliedAsync(Planned);
        machine.AddProcess(5000, Planned);

        var unclear = await VerifyAsync(machine);
        var named = await PinCores.RunAsync(machine, "verify", "--json", "--seconds", "0", "--pid", "4242");

        Assert.That(unclear.Code, Is.EqualTo(PinCores.Refused));
        Assert.That(unclear.Errors, Does.Contain("--pid"));
        Assert.That(named.Text("server"), Is.EqualTo("4242"));
    }

    private static async Task<FakeMachine> AppliedAsync((string, string)[] threads)
    {
        var machine = new FakeMachine(8, siblings: true);
        var applied = await PinCores.RunAsync(machine, "apply", "--yes");
        Assert.That(applied.Code, Is.EqualTo(PinCores.Ok), applied.Output);
        machine.AddProcess(Server, threads);
        machine.HoldLatency(Server);
        return machine;
    }

    private static Task<PinCores> VerifyAsync(FakeMachine machine) =>
        PinCores.RunAsync(machine, "verify", "--json", "--seconds", "0");
}
