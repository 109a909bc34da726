using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>How a call ends: the code and, for people, why. The text reaches the client.</summary>
/// <param name="Code">The number every gRPC library understands.</param>
/// <param name="Message">Why; empty when the code says it all.</param>
public readonly record struct GrpcStatus(StatusCode Code, string Message = "")
{
    /// <summary>Success.</summary>
    public static GrpcStatus Ok => new(StatusCode.Ok);
}
