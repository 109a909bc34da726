namespace LowLatencyQuoter.Wire.Grpc;

/// <summary>How a call ended: the number in the <c>grpc-status</c> trailer. The values are gRPC's own.</summary>
public enum StatusCode
{
    /// <summary>The call did what was asked.</summary>
    Ok = 0,

    /// <summary>The caller ended the call.</summary>
    Cancelled = 1,

    /// <summary>An error without a known kind, for instance an exception of the method.</summary>
    Unknown = 2,

    /// <summary>The request makes no sense, whatever the state of the server.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the call was complete.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be made exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A limit was reached: message size, streams, memory.</summary>
    ResourceExhausted = 8,

    /// <summary>The server is not in the state that the call needs; repeating it does not help.</summary>
    FailedPrecondition = 9,

    /// <summary>The call was abandoned because of a conflict; it may be repeated from further up.</summary>
    Aborted = 10,

    /// <summary>Past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The service, the method or the compression is not there.</summary>
    Unimplemented = 12,

    /// <summary>The protocol was broken, or the server has a defect.</summary>
    Internal = 13,

    /// <summary>The server cannot serve now; the same call may be repeated.</summary>
    Unavailable = 14,

    /// <summary>Bytes are lost for good.</summary>
    DataLoss = 15,

    /// <summary>The caller has not said who it is.</summary>
    Unauthenticated = 16,
}
