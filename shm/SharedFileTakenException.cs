namespace LowLatencyQuoter.Shm;

/// <summary>The name belongs to a living writer, or to a file of another kind, which nobody may overwrite.</summary>
/// <param name="message">One line that names the file, who has it, and the fix.</param>
public sealed class SharedFileTakenException(string message) : SharedFileException(message);
