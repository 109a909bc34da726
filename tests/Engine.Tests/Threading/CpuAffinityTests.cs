using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using LowLatencyQuoter.Engine.Threading;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Threading;

[NonParallelizable]
[Platform("Linux")]
public sealed class CpuAffinityTests
{
    [Test]
    public void OnlyTheCallingThreadIsPinned()
    {
        var before = CoresByThread();
        var core = FirstCore(before[Environment.ProcessId]);
        var (pinned, reason, own) = (false, (string?)null, 0);
        Dictionary<int, string>? during = null;
        var thread = new Thread(() =>
        {
            pinned = CpuAffinity.TryPinCurrentThread(core, out reason);
            own = ThreadId();
            during = CoresByThread();
        });
        thread.Start();

        Assert.That(thread.Join(10_000), Is.True);
        Assert.That((pinned, reason), Is.EqualTo((true, (string?)null)));
        Assert.That(during![own], Is.EqualTo(core.ToString(CultureInfo.InvariantCulture)));
        foreach (var (id, cores) in before.Where(other => other.Key != own && during.ContainsKey(other.Key)))
        {
            Assert.That(during[id], Is.EqualTo(cores), $"thread {id} was pinned too");
        }
    }

    [Test]
    public void ThreadsStartedByAPinnedThreadAreChecked()
    {
        var core = FirstCore(CoresByThread()[Environment.ProcessId]);
        var main = CoresByThread()[Environment.ProcessId];
        var thread = new Thread(() => CpuAffinity.TryPinCurrentThread(core, out _));
        thread.Start();

        Assert.That(thread.Join(10_000), Is.True);
        Assert.That(CoresByThread()[Environment.ProcessId], Is.EqualTo(main), "the main thread is never pinned");
    }

    [TestCase(-1, "core -1 is outside of 0..1023")]
    [TestCase(1_024, "core 1024 is outside of 0..1023")]
    [TestCase(1_023, "sched_setaffinity to core 1023 failed")]
    public void RefusalNamesTheCoreAndTheReason(int core, string message)
    {
        Assert.That(CpuAffinity.TryPinCurrentThread(core, out var reason), Is.False);
        Assert.That(reason, Does.StartWith(message));
    }

    private static int ThreadId() => int.Parse(
        Line("/proc/thread-self/status", "Pid:") ?? throw new InvalidOperationException("no thread id"),
        CultureInfo.InvariantCulture);

    private static Dictionary<int, string> CoresByThread()
    {
        var cores = new Dictionary<int, string>();
        foreach (var task in Directory.GetDirectories("/proc/self/task"))
        {
            if (Line(Path.Combine(task, "status"), "Cpus_allowed_list:") is { } list)
            {
                cores[int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture)] = list;
            }
        }

        return cores;
    }

    /// <summary>Null when the thread ended meanwhile.</summary>
    private static string? Line(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line?[name.Length..].Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int FirstCore(string list) => int.Parse(list.Split(',', '-')[^1], CultureInfo.InvariantCulture);
}
