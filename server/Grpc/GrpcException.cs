using System;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>Ends a call with a status that the client may see.</summary>
/// <param name="status">Code and text for the client.</param>
public sealed class GrpcException(GrpcStatus status) : Exception(status.Message)
{
    /// <summary>Code and text for the client.</summary>
    public GrpcStatus Status { get; } = status;
}
