using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// Tells a process from another one that got its number later: by when it started, field 22 of
/// <c>/proc/PID/stat</c>.
/// </summary>
internal static class ProcessStart
{
    private const int StartField = 22;

    /// <summary>
    /// When the process started, in a unit of the machine's; 0 when there is none, or none that still runs. Where the
    /// machine does not tell it is 1 for every process.
    /// </summary>
    public static long Of(int pid) => OperatingSystem.IsLinux() ? Read(pid) : Exists(pid) ? 1 : 0;

    private static long Read(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");

            // The second field is the program's name in parentheses and may hold anything; the third one is the state.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? 0 : long.Parse(fields[StartField - 3], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;   // it ended before, or between opening and reading
        }
    }

    private static bool Exists(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
