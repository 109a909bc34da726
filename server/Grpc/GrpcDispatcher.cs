using System;
using System.Collections.Frozen;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Wire.Grpc;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Turns HTTP/2 requests into calls: checks what the protocol demands, runs the method, answers its status. A status
/// before the first byte of a response goes out as trailers only. Threads: any; holds no state of a call.
/// </summary>
internal sealed class GrpcDispatcher
{
    private readonly GrpcServices _services;
    private readonly FrozenDictionary<string, GrpcMethod> _methods;
    private readonly CancellationToken _draining;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public GrpcDispatcher(GrpcServices services, TimeProvider time, ILogger logger, CancellationToken draining)
    {
        _services = services;
        _methods = services.ByPath();
        _draining = draining;
        _time = time;
        _logger = logger;
    }

    /// <summary>Answers a request that is not let in: trailers only, where it is one of gRPC at all.</summary>
    public static void Refuse(HttpContext context, GrpcStatus status)
    {
        if (HttpRefusal(context.Request) is { } refusal)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        context.Response.ContentType = GrpcHeaders.ContentType;
        Answer(context.Response, status);
    }

    /// <summary>Serves one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (HttpRefusal(context.Request) is { } refusal)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        context.Response.ContentType = GrpcHeaders.ContentType;
        context.Response.Headers[GrpcHeaders.AcceptEncoding] = GrpcHeaders.Accepted;
        if (!TryResolve(context.Request, out var method, out var timeout, out var status))
        {
            Answer(context.Response, status);
            return;
        }

        var lifetime = new CallLifetime(timeout, _time, context.RequestAborted, _draining);
        await using (lifetime.ConfigureAwait(false))
        {
            var call = new GrpcCall(context, lifetime, _services.MessageBytesMax);
            status = await RunAsync(method, call, context.Request.Path).ConfigureAwait(false);
            if (lifetime.Cause != CallEnd.ClientGone)
            {
                call.Answer(status);
            }
        }
    }

    private static int? HttpRefusal(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            request.HttpContext.Response.Headers.Allow = HttpMethods.Post;
            return StatusCodes.Status405MethodNotAllowed;
        }

        if (!GrpcHeaders.IsGrpc(request.ContentType))
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        return HttpProtocol.IsHttp2(request.Protocol) ? null : StatusCodes.Status426UpgradeRequired;
    }

    private bool TryResolve(HttpRequest request, out GrpcMethod method, out TimeSpan? timeout, out GrpcStatus status)
    {
        timeout = null;
        var path = request.Path.Value ?? string.Empty;
        if (!_methods.TryGetValue(path, out method!))
        {
            status = new GrpcStatus(StatusCode.Unimplemented, _services.Missing(path));
            return false;
        }

        var encoding = request.Headers[GrpcHeaders.Encoding].ToString();
        if (encoding is not ("" or GrpcHeaders.Identity or GrpcHeaders.Gzip))
        {
            status = new GrpcStatus(
                StatusCode.Unimplemented,
                $"{GrpcHeaders.Encoding} {encoding} is not supported; {GrpcHeaders.Accepted} are");
            return false;
        }

        var header = request.Headers[GrpcHeaders.Timeout];
        if (header.Count != 0)
        {
            if (!GrpcTimeout.TryParse(header.ToString(), out var given))
            {
                status = new GrpcStatus(
                    StatusCode.Internal,
                    $"{GrpcHeaders.Timeout} {header} is malformed; it is 1 to 8 digits and a unit of H M S m u n");
                return false;
            }

            timeout = given;
        }

        status = GrpcStatus.Ok;
        return true;
    }

    private async Task<GrpcStatus> RunAsync(GrpcMethod method, GrpcCall call, string path)
    {
        if (call.End != CallEnd.None)
        {
            return call.EndStatus;   // for instance a deadline that had passed on arrival
        }

        try
        {
            return await method(call).ConfigureAwait(false);
        }
        catch (GrpcException e)
        {
            return e.Status;
        }
        catch (OperationCanceledException) when (call.End != CallEnd.None)
        {
            return call.EndStatus;
        }
        catch (BadHttpRequestException e)
        {
            var code = e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? StatusCode.ResourceExhausted
                : StatusCode.Internal;
            return new GrpcStatus(code, "the request body is not acceptable");
        }
        catch (IOException)
        {
            return new GrpcStatus(StatusCode.Cancelled);   // the body broke off: the client is gone, nobody hears this
        }
#pragma warning disable CA1031 // every other exception is a defect: it is logged, and its text stays here
        catch (Exception e)
#pragma warning restore CA1031
        {
            GrpcLog.MethodFailed(_logger, path, e);
            return new GrpcStatus(StatusCode.Unknown, "the method failed");
        }
    }

    /// <summary>Says how a call ended: in the headers while nothing else was sent, in trailers otherwise.</summary>
    public static void Answer(HttpResponse response, GrpcStatus status)
    {
        var code = GrpcHeaders.Text(status.Code);
        if (!response.HasStarted)
        {
            response.Headers[GrpcHeaders.Status] = code;
            if (status.Message.Length != 0)
            {
                response.Headers[GrpcHeaders.Message] = StatusMessage.Encode(status.Message);
            }

            return;
        }

        response.AppendTrailer(GrpcHeaders.Status, code);
        if (status.Message.Length != 0)
        {
            response.AppendTrailer(GrpcHeaders.Message, StatusMessage.Encode(status.Message));
        }
    }
}
