using System;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>What the gRPC side says in the log. Event ids 31xx; never reused.</summary>
internal static partial class GrpcLog
{
    /// <summary>A method threw something that is no status: a defect of ours.</summary>
    [LoggerMessage(3101, LogLevel.Error, "gRPC method {Path} failed; the client was told UNKNOWN")]
    public static partial void MethodFailed(ILogger logger, string path, Exception exception);
}
