using System;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>Whoever read our output, a pipe or a terminal, is gone: a reason to end, not a failure.</summary>
internal sealed class OutputClosedException : Exception
{
    /// <summary>Wraps what the write threw.</summary>
    public OutputClosedException(Exception cause)
        : base("the reader of stdout is gone", cause)
    {
    }
}
