using System;
using System.Net.Http;
using System.Net.Sockets;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>What the HTTP/2 client throws, told as gRPC statuses.</summary>
internal static class TransportFailure
{
    private const long NoError = 0x0;
    private const long RefusedStream = 0x7;
    private const long Cancel = 0x8;
    private const long EnhanceYourCalm = 0xb;
    private const long InadequateSecurity = 0xc;

    /// <summary>A failure before the response's headers.</summary>
    public static QuoteStreamException BeforeHeaders(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => QuoteStreamException.Unreachable("no such host", failure),
        HttpRequestError.ConnectionError => QuoteStreamException.Unreachable(SocketReason(failure), failure),
        HttpRequestError.HttpProtocolError when Find<HttpProtocolException>(failure) is { } reset
            && reset.ErrorCode is RefusedStream or Cancel or EnhanceYourCalm => OfReset(reset),
        _ when EndedEarly(failure) => FailedEarly(failure),
        HttpRequestError.HttpProtocolError
            or HttpRequestError.VersionNegotiationError
            or HttpRequestError.InvalidResponse =>
            new QuoteStreamException(StatusCode.Unimplemented, "the port does not speak HTTP/2", cause: failure),
        _ => FailedEarly(failure),
    };

    /// <summary>A connection attempt that took too long.</summary>
    public static QuoteStreamException ConnectTimedOut(OperationCanceledException exception) =>
        QuoteStreamException.Unreachable("connection timed out", exception);

    /// <summary>A failure while the messages were read.</summary>
    public static QuoteStreamException WhileReading(Exception exception) =>
        Find<HttpProtocolException>(exception) is { } reset ? OfReset(reset) : Lost(exception);

    // The mapping of HTTP/2 error codes in the gRPC protocol document. Any reset may be a server on its way down.
    private static QuoteStreamException OfReset(HttpProtocolException reset)
    {
        var status = reset.ErrorCode switch
        {
            RefusedStream => StatusCode.Unavailable,
            Cancel => StatusCode.Cancelled,
            EnhanceYourCalm => StatusCode.ResourceExhausted,
            InadequateSecurity => StatusCode.PermissionDenied,
            _ => StatusCode.Internal,
        };
        var reason = reset.ErrorCode == NoError
            ? "the server closed the stream"
            : $"the server reset the stream (HTTP/2 error {reset.ErrorCode})";
        return new QuoteStreamException(status, reason, isTransient: true, reset);
    }

    // A close during the handshake comes wrapped as an invalid response or bare, whichever side was faster.
    private static bool EndedEarly(HttpRequestException exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException
                or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
                or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded })
            {
                return true;
            }
        }

        return false;
    }

    private static QuoteStreamException FailedEarly(Exception exception) =>
        new(StatusCode.Unavailable, "the connection failed before an answer", isTransient: true, exception);

    private static QuoteStreamException Lost(Exception exception) =>
        new(StatusCode.Unavailable, "the connection was lost", isTransient: true, exception);

    private static string SocketReason(Exception exception) => Find<SocketException>(exception) switch
    {
        { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        { SocketErrorCode: SocketError.TimedOut } => "connection timed out",
        { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } => "no route to it",
        { } other => Printable.Line(other.Message),
        null => Printable.Line(exception.Message),
    };

    private static TException? Find<TException>(Exception? exception)
        where TException : Exception
    {
        while (exception is not null and not TException)
        {
            exception = exception.InnerException;
        }

        return (TException?)exception;
    }
}
