using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>
/// What is asked of runtime and machine, and what the program says of it, against what the system says.
/// </summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed partial class RuntimeTuningTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    public async Task WhatIsAskedAndGrantedIsInEffectAndSaid()
    {
        await using var quoter = await QuoterProcess.StartAsync(
            "--gc-latency", "no-gc:64", "--cores", "engine:0,binance:0");

        var errors = await ToldAsync(quoter.Program);
        Assert.That(errors, Does.Contain("runtime: gc latency: asked no-gc:64; NoGCRegion"));
        Assert.That(errors, Does.Contain("runtime: thread engine: asked core 0; may run on 0, "));
        Assert.That(errors, Does.Contain("runtime: thread feed-binance: asked core 0; may run on 0, "));
        Assert.That(errors, Does.Contain("runtime: thread publisher: asked any core; "));
        Assert.That(errors, Does.Contain("runtime: compiler: tiered, guided by profiles"));
        Assert.That(errors, Does.Contain("runtime: gc: workstation, not concurrent"));
        Assert.That(errors, Does.Contain("runtime: warm-up: asked off; none"));
        var inEffect = (await quoter.MetricsAsync())
            .Where(static sample => sample.Key.StartsWith("quoter_runtime_in_effect", StringComparison.Ordinal))
            .ToArray();
        Assert.That(inEffect, Has.Length.GreaterThan(10));
        Assert.That(inEffect.Select(static sample => sample.Value), Is.All.EqualTo(1));
    }

    [Test]
    public async Task WhatTheRuntimeRefusesIsSaidWithTheRemedyAndQuotesFlow()
    {
        await using var quoter = await QuoterProcess.StartAsync("--gc-latency", "sustained-low-latency");

        Assert.That(
            await ToldAsync(quoter.Program),
            Does.Contain("asked sustained-low-latency; NOT in effect: Batch: needs concurrent collection"));
        var samples = await quoter.MetricsAsync();
        var refused = samples.Single(static sample =>
            sample.Key.StartsWith("quoter_runtime_in_effect", StringComparison.Ordinal) && sample.Value == 0);
        Assert.That(refused.Key, Does.Contain("subject=\"gc latency\""));
    }

    [Test]
    public async Task MemoryIsLockedWhereThatIsAllowed()
    {
        await using var quoter = await QuoterProcess.StartAsync("--lock-memory");
        var errors = await ToldAsync(quoter.Program);
        if (errors.Contains("runtime: locked memory: asked yes; NOT in effect: refused"))
        {
            Assert.Ignore("skipped: this user may not lock memory; the refusal is tested beside this");
        }

        var said = LockedMemory().Match(errors);
        Assert.That(said.Success, Is.True, errors);
        var status = await global::System.IO.File.ReadAllTextAsync($"/proc/{quoter.Program.Id}/status");
        Assert.That(
            long.Parse(Regex.Match(status, @"VmLck:\s+(\d+) kB").Groups[1].Value),
            Is.GreaterThanOrEqualTo(long.Parse(said.Groups[1].Value)).And.Positive);
    }

    [Test]
    public async Task MemoryThatMayNotBeLockedIsSaidWithLimitAndRemedyAndQuotesFlow()
    {
        // Without the capability a limit holds also for root.
        await using var program = RunningProgram.Start(
            "setpriv",
            [
                "--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock", "prlimit", "--memlock=65536", "dotnet",
                RunningProgram.PathOf("server"), "--lock-memory", "--warm-up", "off", "--port", "0", "--http-port", "0",
            ]);

        await program.LineAsync("quoter ready ", Limit);

        Assert.That(
            await ToldAsync(program),
            Does.Match("locked memory: asked yes; NOT in effect: refused: .*VmLck 0 kB, the limit is 65536 bytes"));
        Assert.That(program.Errors, Does.Contain("LimitMEMLOCK=infinity"));
    }

    [Test]
    public async Task MoreThanTheHeapCanSetAsideIsSaidAndQuotesFlow()
    {
        await using var quoter = await QuoterProcess.StartAsync(
            [("DOTNET_GCHeapHardLimit", "0x8000000")], ["--gc-latency", "no-gc:4096"]);

        Assert.That(
            await ToldAsync(quoter.Program),
            Does.Contain("gc latency: asked no-gc:4096; NOT in effect: Batch: the memory set aside is used up, or"));
    }

    [TestCase("--warm-up: 'soon' is neither off nor seconds from 0.1 to 600", "--warm-up", "soon")]
    [TestCase("--warm-up: '601' is neither off nor seconds", "--warm-up", "601")]
    [TestCase("--gc-latency: 'no-gc:many' is not no-gc:MIB", "--gc-latency", "no-gc:many")]
    public async Task ValuesThatCannotBeAreRefused(string expected, params string[] arguments)
    {
        await using var server = RunningProgram.StartOurs("server", ["check-config", .. arguments]);

        Assert.That(await server.ExitAsync(Limit), Is.EqualTo(2));
        Assert.That(server.Errors, Does.Contain(expected));
    }

    /// <summary>What the program logged, once the last line of the block is there: the log is written behind.</summary>
    private static async Task<string> ToldAsync(RunningProgram program)
    {
        await Eventually.HoldsAsync(
            () => program.Errors.Contains("runtime: gc latency: ", StringComparison.Ordinal),
            Limit,
            () => program.Errors);
        return program.Errors;
    }

    [GeneratedRegex(@"runtime: locked memory: asked yes; VmLck (\d+) kB, resident \d+ kB")]
    private static partial Regex LockedMemory();
}
