using System;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Threading;

/// <summary>
/// Pins threads to cores (Linux <c>sched_setaffinity</c>). A thread pins itself, from its own body: the runtime resets
/// a new thread to the main thread's mask, and a child inherits its creator's. The main thread is never pinned.
/// </summary>
public static partial class CpuAffinity
{
    private const int MaskBytes = 128;   // 1,024 cores, glibc's cpu_set_t

    /// <summary>Pins the calling thread; false with the reason when the system refuses.</summary>
    public static bool TryPinCurrentThread(int core, out string? reason)
    {
        if (!OperatingSystem.IsLinux())
        {
            reason = "pinning is implemented for Linux only";
            return false;
        }

        if (core is < 0 or >= MaskBytes * 8)
        {
            reason = $"core {core} is outside of 0..{(MaskBytes * 8) - 1}";
            return false;
        }

        Span<byte> mask = stackalloc byte[MaskBytes];
        mask.Clear();
        mask[core / 8] = (byte)(1 << (core % 8));
        if (SetAffinity(0, MaskBytes, mask) != 0)
        {
            reason = $"sched_setaffinity to core {core} failed: {Marshal.GetLastPInvokeErrorMessage()}";
            return false;
        }

        reason = null;
        return true;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint maskBytes, ReadOnlySpan<byte> mask);
}
