using System;

namespace LowLatencyQuoter.Server.Options;

/// <summary>
/// A setting cannot be used. The message is one line that names where it stands, what is wrong and the fix.
/// </summary>
public sealed class OptionsException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public OptionsException(string message)
        : base(message)
    {
    }
}
