using System;
using System.IO;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Server.Tuning;

/// <summary>
/// Keeps the process's memory resident (Linux <c>mlockall</c>): what is mapped now and what will be is never paged out,
/// and a page that is mapped is there, so that no hot thread waits for one.
/// </summary>
internal static partial class MemoryLock
{
    private const int Current = 1;
    private const int Future = 2;
    private const string StatusFile = "/proc/self/status";
    private const string LimitsFile = "/proc/self/limits";

    /// <summary>Locks if that is asked for, and tells what the kernel says of it afterwards.</summary>
    public static RuntimeFact Apply(bool isAsked)
    {
        const string Subject = "locked memory";
        if (!OperatingSystem.IsLinux())
        {
            return new RuntimeFact(Subject, Asked(isAsked), "locking is implemented for Linux only", !isAsked);
        }

        var refusal = isAsked && MemoryLockAll(Current | Future) != 0 ? Marshal.GetLastPInvokeErrorMessage() : null;
        var locked = ProcStatus.Field(StatusFile, "VmLck") ?? "unknown";
        var resident = ProcStatus.Field(StatusFile, "VmRSS") ?? "unknown";
        if (refusal is null)
        {
            var isLocked = !locked.StartsWith("0 ", StringComparison.Ordinal);
            return new RuntimeFact(
                Subject, Asked(isAsked), $"VmLck {locked}, resident {resident}", isLocked == isAsked || !isAsked);
        }

        return new RuntimeFact(
            Subject,
            Asked(isAsked),
            $"refused: {refusal}; VmLck {locked}, the limit is {Limit()}: raise it to unlimited"
            + " (LimitMEMLOCK=infinity, ulimit -l unlimited) or give the process CAP_IPC_LOCK",
            false);
    }

    /// <summary>The bound on locked memory (RLIMIT_MEMLOCK), for people.</summary>
    private static string Limit()
    {
        const string Name = "Max locked memory";
        if (File.Exists(LimitsFile))
        {
            foreach (var line in File.ReadLines(LimitsFile))
            {
                if (line.StartsWith(Name, StringComparison.Ordinal))
                {
                    var soft = line[Name.Length..].TrimStart();
                    return soft[..soft.IndexOf(' ', StringComparison.Ordinal)] + " bytes";
                }
            }
        }

        return "unknown";
    }

    private static string Asked(bool isAsked) => isAsked ? "yes" : "no";

    [LibraryImport("libc", EntryPoint = "mlockall", SetLastError = true)]
    private static partial int MemoryLockAll(int flags);
}
