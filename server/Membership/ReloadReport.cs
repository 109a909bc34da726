using System.Collections.Generic;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>What reading the configuration again came to.</summary>
public sealed class ReloadReport
{
    /// <summary>What was changed, one sentence each.</summary>
    public List<string> Applied { get; } = [];

    /// <summary>What differs and was left as it is, one sentence each, with the reason.</summary>
    public List<string> Left { get; } = [];
}
