using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>What a measurement was made on.</summary>
/// <param name="Id">The same for the same processor, core count, memory and system, so that times can be
/// compared.</param>
/// <param name="Facts">What there is to know, by name, in the order to be shown.</param>
internal sealed record MachineFacts(string Id, IReadOnlyList<KeyValuePair<string, string>> Facts)
{
    /// <summary>This machine.</summary>
    public static MachineFacts Read()
    {
        var processor = Field("/proc/cpuinfo", "model name") ?? "unknown processor";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        var system = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}";
        var identity = $"{processor}|{Environment.ProcessorCount}|{memory}|{system}";
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..12];
        return new MachineFacts(
            id,
            [
                new("machine", id),
                new("processor", processor),
                new("cores", FormattableString.Invariant($"{Environment.ProcessorCount}")),
                new("memory", FormattableString.Invariant($"{memory} GiB")),
                new("system", system),
                new("runtime", RuntimeInformation.FrameworkDescription),
                new("garbage collector",
                    $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {GCSettings.LatencyMode}"),
                new("load average", LoadAverage),
            ]);
    }

    /// <summary>Threads that wanted to run in the last 1, 5 and 15 minutes, or <c>unknown</c>.</summary>
    public static string LoadAverage
    {
        get
        {
            const string File = "/proc/loadavg";
            return System.IO.File.Exists(File)
                ? string.Join(' ', System.IO.File.ReadAllText(File).Split(' ')[..3])
                : "unknown";
        }
    }

    private static string? Field(string file, string name)
    {
        if (File.Exists(file))
        {
            foreach (var line in File.ReadLines(file))
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
}
