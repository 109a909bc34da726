using System;

namespace LowLatencyQuoter.Shm;

/// <summary>A file of quotes cannot be made or read; one line names it, and the fix.</summary>
/// <param name="message">The line.</param>
/// <param name="cause">What the system said, or null.</param>
public class SharedFileException(string message, Exception? cause = null) : Exception(message, cause);
