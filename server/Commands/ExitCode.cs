namespace LowLatencyQuoter.Server.Commands;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>Refused to start: a port or a name of shared memory is taken, a journal is damaged.</summary>
    public const int Refused = 3;
}
