using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace LowLatencyQuoter.System.Tests.Scripts;

/// <summary>
/// A tree with what the script reads and writes of /sys, /proc and /dev, for a machine of some shape. Plain files take
/// whatever is written: the kernel's refusals are not imitated, except where a test asks for one.
/// </summary>
internal sealed class FakeMachine : IDisposable
{
    /// <summary>The network interface's interrupts.</summary>
    private static readonly string[] NicInterrupts = ["40", "41"];

    private readonly string _all;

    /// <summary>Makes the tree.</summary>
    /// <param name="cpus">CPUs there are.</param>
    /// <param name="siblings">True when CPU n and n + cpus/2 share a physical core.</param>
    /// <param name="nodes">NUMA nodes, each with as many CPUs in a row.</param>
    /// <param name="nicNode">The node of eth0, or -1.</param>
    /// <param name="cgroups">v2, v1 or none.</param>
    /// <param name="kernel">The kernel's release.</param>
    public FakeMachine(
        int cpus,
        bool siblings = false,
        int nodes = 1,
        int nicNode = -1,
        string cgroups = "v2",
        string kernel = "6.12.0")
    {
        Root = Directory.CreateTempSubdirectory("quoter-machine-").FullName;
        _all = cpus == 1 ? "0" : Invariant($"0-{cpus - 1}");
        Write("sys/devices/system/cpu/online", _all);
        Write("sys/devices/system/cpu/isolated", "");
        for (var cpu = 0; cpu < cpus; cpu++)
        {
            var other = cpu % (cpus / 2);
            Write(
                $"sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list",
                siblings ? Invariant($"{other},{other + (cpus / 2)}") : Invariant($"{cpu}"));
            Write($"sys/devices/system/cpu/cpu{cpu}/cpufreq/scaling_governor", "powersave");
            Write($"sys/devices/system/cpu/cpu{cpu}/cpufreq/energy_performance_preference", "balance_performance");
        }

        for (var node = 0; node < nodes; node++)
        {
            var each = cpus / nodes;
            Write($"sys/devices/system/node/node{node}/cpulist", Invariant($"{node * each}-{((node + 1) * each) - 1}"));
        }

        WriteNetwork(nicNode);
        WriteInterrupts(cpus);
        Write("sys/devices/virtual/workqueue/cpumask", Mask(cpus));
        Write("proc/sys/kernel/osrelease", kernel);
        Write("proc/sys/kernel/numa_balancing", "1");
        Write("proc/sys/vm/stat_interval", "1");
        Directory.CreateDirectory(At("dev"));
        File.WriteAllBytes(At("dev/cpu_dma_latency"), []);
        WriteControlGroups(cgroups);
    }

    /// <summary>The tree's root.</summary>
    public string Root { get; }

    /// <summary>Writes a file, with the line end that the kernel's files have.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text + "\n");
    }

    /// <summary>A file's text without its line end, or null.</summary>
    public string? Read(string path) => File.Exists(At(path)) ? File.ReadAllText(At(path)).TrimEnd('\n') : null;

    /// <summary>The full path of a file of the tree.</summary>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Makes a file refuse writing, for root too: it becomes a link to one that nobody may.</summary>
    public void Refuse(string path)
    {
        File.Delete(At(path));
        File.CreateSymbolicLink(At(path), "/proc/sys/kernel/ostype");
    }

    /// <summary>Adds a process whose threads may run on these CPUs.</summary>
    public void AddProcess(int id, params (string Thread, string Cpus)[] threads)
    {
        for (var index = 0; index < threads.Length; index++)
        {
            var folder = Invariant($"proc/{id}/task/{id + index}");
            Write($"{folder}/comm", threads[index].Thread);
            Write(
                $"{folder}/status",
                $"Name:\t{threads[index].Thread}\nVmSize:\t  100 kB\nCpus_allowed_list:\t{threads[index].Cpus}\n"
                + "voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t7");
        }

        Write($"proc/{id}/comm", threads[0].Thread);
        Directory.CreateDirectory(At($"proc/{id}/fd"));
    }

    /// <summary>Lets a process hold C-states off.</summary>
    public void HoldLatency(int id) => File.CreateSymbolicLink(At($"proc/{id}/fd/11"), "/dev/cpu_dma_latency");

    /// <summary>Every folder and file with its bytes; two equal snapshots are the same tree.</summary>
    public IReadOnlyList<string> Snapshot() =>
        [.. new DirectoryInfo(Root)
            .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => $"{Path.GetRelativePath(Root, entry.FullName)} {Content(entry)}")
            .Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Content(FileSystemInfo entry) => entry switch
    {
        { LinkTarget: { } target } => "-> " + target,
        FileInfo => Convert.ToHexString(File.ReadAllBytes(entry.FullName)),
        _ => "folder",
    };

    private static string Mask(int cpus) => ((1L << cpus) - 1).ToString("x8", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private void WriteNetwork(int nicNode)
    {
        Write("sys/class/net/eth0/device/numa_node", Invariant($"{nicNode}"));
        Directory.CreateDirectory(At("sys/class/net/lo"));
        foreach (var interrupt in NicInterrupts)
        {
            Write($"sys/class/net/eth0/device/msi_irqs/{interrupt}", "msix");
        }

        Write("proc/net/route", "Iface\tDestination\tGateway\neth0\t00000000\t0100000A");
    }

    private void WriteInterrupts(int cpus)
    {
        Write("proc/irq/default_smp_affinity", Mask(cpus));
        foreach (var interrupt in NicInterrupts.Append("9"))
        {
            Write($"proc/irq/{interrupt}/smp_affinity_list", _all);
        }

        Write("proc/irq/1/smp_affinity_list", "0");
        WriteCounts(cpus, 100, 100);
    }

    /// <summary>Writes /proc/interrupts with so many of the first network interrupt and of ticks on each CPU.</summary>
    public void WriteCounts(int cpus, int network, int ticks)
    {
        var all = Enumerable.Range(0, cpus).ToArray();
        Write(
            "proc/interrupts",
            string.Concat(all.Select(cpu => Invariant($"  CPU{cpu}"))) + "\n"
            + " 40:" + string.Concat(all.Select(_ => Invariant($" {network}"))) + "  PCI-MSIX  0-edge  eth0-rx\n"
            + "LOC:" + string.Concat(all.Select(_ => Invariant($" {ticks}"))) + "  Local timer interrupts\n"
            + "ERR:  0");
    }

    private void WriteControlGroups(string version)
    {
        if (version == "v1")
        {
            Write("sys/fs/cgroup/cpuset/cpuset.cpus", _all);
        }

        if (version != "v2")
        {
            return;
        }

        Write("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids");
        Write("sys/fs/cgroup/cgroup.subtree_control", "cpu memory");
        foreach (var name in new[] { "init.scope", "system.slice", "user.slice" })
        {
            Write($"sys/fs/cgroup/{name}/cgroup.procs", "1");
            Write($"sys/fs/cgroup/{name}/cpuset.cpus", "");
        }
    }
}
