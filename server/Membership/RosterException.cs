using System;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>A change of what is quoted cannot be made; nothing was changed.</summary>
/// <param name="code">What kind of reason.</param>
/// <param name="message">One line that names the thing and the fix.</param>
public sealed class RosterException(StatusCode code, string message) : Exception(message)
{
    /// <summary>What kind of reason.</summary>
    public StatusCode Code { get; } = code;
}
