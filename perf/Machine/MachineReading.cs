using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
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
        var cpu = CpuModel();
        var kernel = FirstLine("/proc/sys/kernel/osrelease", Environment.OSVersion.VersionString);
        var runtime = RuntimeInformation.FrameworkDescription;
        return new MachineFacts
        {
            Id = IdOf(cpu, Environment.ProcessorCount, kernel, runtime),
            Cpu = cpu,
            Cores = Environment.ProcessorCount,
            Kernel = kernel,
            Runtime = runtime,
            Gc = GcFlavor(),
            ClockNanos = ClockCost(),
            LoadAverage = LoadAverage(),
            PinFailure = PinFailure(),
        };
    }

    /// <summary>The id of these facts.</summary>
    public static string IdOf(string cpu, int cores, string kernel, string runtime)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{cpu}|{cores}|{kernel}|{runtime}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdDigits];
    }

    private static string CpuModel()
    {
        const string Path = "/proc/cpuinfo";
        if (File.Exists(Path))
        {
            foreach (var line in File.ReadLines(Path))
            {
                if (line.StartsWith("model name", StringComparison.Ordinal))
                {
                    return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
                }
            }
        }

        return RuntimeInformation.ProcessArchitecture.ToString();
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

    private static double LoadAverage()
    {
        var text = FirstLine("/proc/loadavg", "");
        return double.TryParse(text.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load)
            ? load
            : double.NaN;
    }

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
