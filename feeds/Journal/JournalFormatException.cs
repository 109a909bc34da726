using System;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>A journal cannot be read; the message names the file, the place and what is wrong there.</summary>
public sealed class JournalFormatException : Exception
{
    /// <summary>Names the place.</summary>
    public JournalFormatException(string file, long offset, string wrong)
        : base($"{file}: at byte {offset}: {wrong}")
    {
    }
}
