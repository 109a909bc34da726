using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.WarmUp;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.WarmUp;

[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class WarmUpRunTests
{
    private static readonly QuoterOptions Options = OptionsLoader.Load(null, static _ => null, []);

    [TestCase("dedicated")]
    [TestCase("shared")]
    public async Task EveryVenuesDayGoesThroughTheWholePath(string mode)
    {
        var options = Options with
        {
            WarmUpSeconds = 0.5,
            Threading = mode == "shared" ? ThreadingMode.Shared : ThreadingMode.Dedicated,
        };

        var report = await RunAsync(options);

        Assert.That(report.Rounds, Is.Positive);
        Assert.That(report.Frames, Is.GreaterThan(report.Rounds * 500));
        Assert.That(report.Updates, Is.GreaterThan(report.Frames / 2), "most messages reach live books");
        Assert.That(report.Methods, Is.Positive);
        Assert.That(report.Seconds, Is.InRange(0.1, 20));
    }

    [Test]
    public async Task VenuesBehindTlsAreReadThroughTls()
    {
        var venues = Options.Venues.Select(static venue => venue with { Socket = new Uri("wss://venue.example") });

        var report = await RunAsync(Options with { Venues = [.. venues], WarmUpSeconds = 1 });

        Assert.That(report.Rounds, Is.Positive);
    }

    [Test]
    public async Task NothingIsLeftBehind()
    {
        await RunAsync(Options with { WarmUpSeconds = 0.3 });

        Assert.That(ThreadNames(), Has.None.StartsWith("warm-up"));
        Assert.That(ThreadNames(), Has.None.AnyOf("engine", "publisher"));
    }

    [Test]
    public async Task ItCanBeTurnedOff()
    {
        var options = Options with { WarmUpSeconds = 0 };

        Assert.That(await WarmUpRun.RunAsync(options, WaitPlan.Make(options, 2), CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task CancellationEndsItEarly()
    {
        var options = Options with { WarmUpSeconds = 600 };
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var run = WarmUpRun.RunAsync(options, WaitPlan.Make(options, 2), cancel.Token);

        Assert.That(await Ends(run.WaitAsync(TimeSpan.FromSeconds(60))), Is.InstanceOf<OperationCanceledException>());
        Assert.That(ThreadNames(), Has.None.StartsWith("warm-up"));
    }

    private static async Task<WarmUpReport> RunAsync(QuoterOptions options)
    {
        var waits = WaitPlan.Make(options, Environment.ProcessorCount);
        return (await WarmUpRun.RunAsync(options, waits, CancellationToken.None))!;
    }

    private static async Task<Exception?> Ends(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (OperationCanceledException e)
        {
            return e;
        }
    }

    private static List<string> ThreadNames()
    {
        var names = new List<string>();
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            names.Add(File.ReadAllText(Path.Combine(task, "comm")).Trim());
        }

        return names;
    }
}
