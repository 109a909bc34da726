namespace LowLatencyQuoter.Server.Grpc;

/// <summary>What a listening socket is for. A connection carries the role of the socket that accepted it.</summary>
public enum ListenerRole
{
    /// <summary>gRPC calls and nothing else.</summary>
    Grpc,

    /// <summary>Calls of the admin service and nothing else.</summary>
    Admin,

    /// <summary>Health, metrics and pages, and no gRPC call.</summary>
    Http,
}
