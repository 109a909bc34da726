using System;
using System.Globalization;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>Names and values of gRPC's headers and trailers.</summary>
internal static class GrpcHeaders
{
    public const string ContentType = "application/grpc";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Timeout = "grpc-timeout";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";

    /// <summary>The encodings of messages that there are.</summary>
    public const string Identity = "identity";
    public const string Gzip = "gzip";
    public const string Accepted = "identity,gzip";

    /// <summary>
    /// Ours: with <c>gzip</c> a client that accepts it gets compressed answers. Its own libraries all say that they
    /// accept gzip, so that this alone does not mean that it is wanted.
    /// </summary>
    public const string ResponseEncoding = "response-encoding";

    /// <summary>True for <c>application/grpc</c>, with <c>+proto</c>, with parameters, in any case.</summary>
    public static bool IsGrpc(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        return type.Equals(ContentType, StringComparison.OrdinalIgnoreCase)
            || type.Equals(ContentType + "+proto", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True when a list such as <c>identity, gzip</c> names a value.</summary>
    public static bool Names(string? list, string value)
    {
        var all = list.AsSpan();
        foreach (var range in all.Split(','))
        {
            if (all[range].Trim().Equals(value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A status code as it stands in the trailer.</summary>
    public static string Text(StatusCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);
}
