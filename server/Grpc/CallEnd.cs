namespace LowLatencyQuoter.Server.Grpc;

/// <summary>What ended a call from outside of its method. The first cause counts.</summary>
public enum CallEnd
{
    /// <summary>Nothing did.</summary>
    None,

    /// <summary>The client reset the stream or the connection is gone: nobody hears an answer.</summary>
    ClientGone,

    /// <summary>The client's deadline passed.</summary>
    DeadlinePassed,

    /// <summary>The server is shutting down.</summary>
    Draining,
}
