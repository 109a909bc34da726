using System.Threading.Tasks;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Serves one call. Runs on a pool thread. Whatever it throws becomes a status: <see cref="GrpcException"/> its own,
/// cancellation that of the reason, anything else UNKNOWN without text, and a line in the log.
/// </summary>
/// <param name="call">The call; not to be used after the task has ended.</param>
public delegate Task<GrpcStatus> GrpcMethod(GrpcCall call);
