namespace LowLatencyQuoter.Client.Commands;

/// <summary>What the process returns; the numbers are those of every command of the product.</summary>
internal static class ExitCode
{
    /// <summary>Done, or ended by the user.</summary>
    public const int Ok = 0;

    /// <summary>The work failed: the server is gone, or it ended the stream with an error.</summary>
    public const int Failed = 1;

    /// <summary>Unknown flags, or values that make no sense.</summary>
    public const int BadUsage = 2;
}
