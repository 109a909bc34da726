using System;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Server.Access;
using LowLatencyQuoter.Wire.Grpc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>One call as its method sees it. Threads: one at a time.</summary>
public sealed class GrpcCall
{
    private const int Http2Cancel = 8;
    private readonly HttpContext _context;
    private readonly CallLifetime _lifetime;

    internal GrpcCall(HttpContext context, CallLifetime lifetime)
    {
        _context = context;
        _lifetime = lifetime;
    }

    /// <summary>Canceled when the client is gone, its deadline has passed or the server shuts down.</summary>
    public CancellationToken Cancellation => _lifetime.Token;

    /// <summary>Why <see cref="Cancellation"/> was canceled.</summary>
    public CallEnd End => _lifetime.Cause;

    /// <summary>The status that goes with <see cref="End"/>.</summary>
    public GrpcStatus EndStatus => _lifetime.Status;

    /// <summary>
    /// The stream of response messages, each behind its prefix. Who writes here must have let go of it before the
    /// method ends.
    /// </summary>
    public PipeWriter Output => _context.Response.BodyWriter;

    /// <summary>Who calls, for the log: address and port.</summary>
    public string Peer => $"{_context.Connection.RemoteIpAddress}:{_context.Connection.RemotePort}";

    /// <summary>
    /// The text of a metadata entry of the request, or null; names are lower case. Several values are one, by commas.
    /// </summary>
    public string? Metadata(string name) =>
        _context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Takes instruments of what the call's client may stream, until the call is over.</summary>
    /// <exception cref="GrpcException">RESOURCE_EXHAUSTED: it streams as many as it may.</exception>
    public void TakeSymbols(int count) => _context.Features.Get<ClientLease>()?.TakeSymbols(count);

    /// <summary>Reads the one request message.</summary>
    /// <exception cref="GrpcException">The request breaks the protocol or a limit.</exception>
    public async Task<T> ReadRequestAsync<T>(MessageParser<T> parser)
        where T : IMessage<T>
    {
        var body = _context.Request.BodyReader;
        var message = await GrpcRequest.ReadSingleAsync(body, Cancellation).ConfigureAwait(false);
        try
        {
            return parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new GrpcException(new GrpcStatus(StatusCode.Internal, "the request is not a valid protobuf message"));
        }
    }

    /// <summary>Sends the response headers, so that the client knows that the call was accepted.</summary>
    public async Task StartAsync()
    {
        await _context.Response.StartAsync(Cancellation).ConfigureAwait(false);
        await Output.FlushAsync(Cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes one message.</summary>
    public Task WriteAsync(IMessage message) => WriteAsync(message, Cancellation);

    /// <summary>
    /// Writes one message, also after the call was ended, until <paramref name="cancellation"/>. A client that does not
    /// take it by then has its stream reset: the status could not reach it either.
    /// </summary>
    public async Task WriteAsync(IMessage message, CancellationToken cancellation)
    {
        var length = message.CalculateSize();
        var frame = Output.GetMemory(MessagePrefix.Bytes + length)[..(MessagePrefix.Bytes + length)];
        MessagePrefix.Write(frame.Span, false, (uint)length);
        message.WriteTo(frame.Span[MessagePrefix.Bytes..]);
        Output.Advance(frame.Length);
        try
        {
            await Output.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Reset();
            throw;
        }
    }

    /// <summary>Drops the stream without a status: for a client that takes nothing any more.</summary>
    public void Reset()
    {
        if (_context.Features.Get<IHttpResetFeature>() is { } feature)
        {
            feature.Reset(Http2Cancel);
        }
        else
        {
            _context.Abort();
        }
    }
}
