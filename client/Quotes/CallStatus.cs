using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>
/// Reads how a call stands from HTTP: from the status line, and from the headers or trailers of gRPC.
/// </summary>
internal static class CallStatus
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string ContentType = "application/grpc";

    /// <summary>
    /// What the beginning of a response says: null when messages (or trailers) follow, else why there is nothing to
    /// read. A response that is only trailers carries its status here.
    /// </summary>
    public static QuoteStreamException? OfHeaders(HttpResponseMessage response)
    {
        if (response.Headers.Contains(StatusHeader))
        {
            return Of(response.Headers)
                ?? new QuoteStreamException(StatusCode.Ok, "the stream ended before the first quote");
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            var status = OfHttp(response.StatusCode);
            return new QuoteStreamException(
                status, $"HTTP status {(int)response.StatusCode} without gRPC", status == StatusCode.Unavailable);
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType ?? "without content type";
        return mediaType is ContentType or ContentType + "+proto"
            ? null
            : new QuoteStreamException(
                StatusCode.Unimplemented, $"the answer is {Printable.Line(mediaType)}, not {ContentType}");
    }

    /// <summary>What the trailers say: null for OK.</summary>
    public static QuoteStreamException? OfTrailers(HttpResponseMessage response) => Of(response.TrailingHeaders);

    private static QuoteStreamException? Of(HttpResponseHeaders headers)
    {
        if (Value(headers, StatusHeader) is not { } text)
        {
            return new QuoteStreamException(StatusCode.Unknown, "the stream ended without a gRPC status");
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > (int)StatusCode.Unauthenticated)
        {
            return new QuoteStreamException(StatusCode.Unknown, $"grpc-status {Printable.Line(text)} is not gRPC's");
        }

        var status = (StatusCode)number;
        if (status == StatusCode.Ok)
        {
            return null;
        }

        var message = Value(headers, MessageHeader) is { Length: > 0 } encoded
            ? Printable.Line(StatusMessage.Decode(encoded))
            : "the server gave no reason";
        return new QuoteStreamException(status, message, IsTransient(status));
    }

    private static bool IsTransient(StatusCode status) =>
        status is StatusCode.Unavailable or StatusCode.Aborted or StatusCode.ResourceExhausted or StatusCode.Cancelled;

    // The mapping that the gRPC documents give for answers of proxies and plain web servers.
    private static StatusCode OfHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;
}
