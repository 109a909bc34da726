using System;

namespace LowLatencyQuoter.Perf;

/// <summary>A measurement cannot be made; the message names the thing and the fix.</summary>
/// <param name="message">One line.</param>
/// <param name="exitCode">2 where the command line asks for what cannot be, 1 where the work failed.</param>
internal sealed class PerfException(string message, int exitCode = 2) : Exception(message)
{
    /// <summary>What the process tells its caller.</summary>
    public int ExitCode { get; } = exitCode;
}
