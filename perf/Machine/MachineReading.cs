using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Perf.Machine;

/// <summary>Looks at the machine.</summary>
internal static class MachineReading
{
    private const int IdDigits = 12;
    private const int ClockLooks = 20_000;
    private const int ClockRounds = 9;

    /// <summary>Reads everything anew.</summary>
    public static MachineFacts Take()
    {
        var cpu = CpuField("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var kernel = FirstLine("/proc/sys/kernel/osrelease", Environment.OSVersion.VersionString);
        var runtime = RuntimeInformation.FrameworkDescription;
        return new MachineFacts
        {
            Id = IdOf(cpu, Environment.ProcessorCount, kernel, runtime),
            Cpu = cpu,
            Cores = Environment.ProcessorCount,
            IsolatedCores = FirstLine("/sys/devices/system/cpu/isolated", ""),
            IsVirtual = CpuField("flags")?.Contains(" hypervisor", StringComparison.Ordinal) ?? false,
            MemoryGibibytes = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
            Kernel = kernel,
            Runtime = runtime,
            Gc = GcFlavor(),
            ClockSource = FirstLine(
                "/sys/devices/system/clocksource/clocksource0/current_clocksource", "unknown"),
            ClockNanos = ClockCost(),
            LoadAverage = LoadAverage(),
            Commit = CommitOf(InformationalVersion()),
            PinFailure = PinFailure(),
        };
    }

    /// <summary>The id of these facts.</summary>
    public static string IdOf(string cpu, int cores, string kernel, string runtime)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{cpu}|{cores}|{kernel}|{runtime}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdDigits];
    }

    /// <summary>The commit in a version such as <c>0.1.0+e9969b0</c>, or <c>unknown</c>.</summary>
    public static string CommitOf(string? version)
    {
        var plus = version?.IndexOf('+', StringComparison.Ordinal) ?? -1;
        return plus >= 0 && plus + 1 < version!.Length ? version[(plus + 1)..] : "unknown";
    }

    /// <summary>Threads that wanted to run in the last 1, 5 and 15 minutes, or <c>unknown</c>.</summary>
    public static string LoadAverages()
    {
        var parts = FirstLine("/proc/loadavg", "").Split(' ');
        return parts.Length < 3 ? "unknown" : string.Join(' ', parts[..3]);
    }

    private static string? InformationalVersion() => typeof(MachineReading).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>What the kernel says of the first processor; null where it does not.</summary>
    private static string? CpuField(string name)
    {
        const string Path = "/proc/cpuinfo";
        if (File.Exists(Path))
        {
            foreach (var line in File.ReadLines(Path))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0 && line.StartsWith(name, StringComparison.Ordinal))
                {
                    return line[(colon + 1)..].Trim();
                }
            }
        }

        return null;
    }

    private static string FirstLine(string path, string otherwise) =>
        File.Exists(path) ? File.ReadAllText(path).Trim() : otherwise;

    private static string GcFlavor()
    {
        var concurrent = AppContext.TryGetSwitch("System.GC.Concurrent", out var set) && !set
            ? "not concurrent" : "concurrent";
        return $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {concurrent}, {GCSettings.LatencyMode}";
    }

    /// <summary>
    /// The least of several rounds: what else runs on the machine makes a round longer, never shorter.
    /// </summary>
    private static double ClockCost()
    {
        var least = double.PositiveInfinity;
        for (var round = 0; round < ClockRounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var last = start;
            for (var look = 0; look < ClockLooks; look++)
            {
                last = Stopwatch.GetTimestamp();
            }

            least = Math.Min(least, (last - start) * (1e9 / Stopwatch.Frequency) / ClockLooks);
        }

        return Math.Round(least, 1);
    }

    private static double LoadAverage() =>
        double.TryParse(
            LoadAverages().Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load)
            ? load
            : double.NaN;

    /// <summary>Tried on a thread of its own: the mask of the one that asks must stay as it is.</summary>
    private static string PinFailure()
    {
        string? reason = null;
        var thread = new Thread(() => CpuAffinity.TryPinCurrentThread(0, out reason)) { IsBackground = true };
        thread.Start();
        thread.Join();
        return reason ?? "";
    }
}
