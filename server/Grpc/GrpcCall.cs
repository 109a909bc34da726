using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Server.Access;
using LowLatencyQuoter.Wire.Grpc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// One call as its method sees it. Threads: one at a time reads, one at a time writes; the two may differ.
/// </summary>
public sealed class GrpcCall
{
    private const int Http2Cancel = 8;
    private readonly HttpContext _context;
    private readonly CallLifetime _lifetime;
    private readonly GrpcRequestReader _request;
    private List<(string Name, string Value)>? _trailers;
    private bool _isGzip;

    internal GrpcCall(HttpContext context, CallLifetime lifetime, int messageBytesMax)
    {
        _context = context;
        _lifetime = lifetime;
        _request = new GrpcRequestReader(
            context.Request.BodyReader,
            messageBytesMax,
            context.Request.Headers[GrpcHeaders.Encoding] == GrpcHeaders.Gzip);
        if (Metadata(GrpcHeaders.ResponseEncoding) == GrpcHeaders.Gzip)
        {
            TryCompress();
        }
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

    /// <summary>True when messages are compressed, because the client asked for it and accepts it.</summary>
    public bool IsCompressed => _isGzip;

    /// <summary>True when the message read last was compressed.</summary>
    public bool RequestWasCompressed => _request.WasCompressed;

    /// <summary>Who calls, for the log: address and port.</summary>
    public string Peer => $"{_context.Connection.RemoteIpAddress}:{_context.Connection.RemotePort}";

    /// <summary>
    /// The text of a metadata entry of the request, or null; names are lower case. Several values are one, by commas.
    /// </summary>
    public string? Metadata(string name) =>
        _context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>
    /// The bytes of a metadata entry of the request whose name ends in <c>-bin</c>, in order; none when it is not
    /// there.
    /// </summary>
    /// <exception cref="GrpcException">INTERNAL: it is not base64.</exception>
    public IReadOnlyList<byte[]> BinaryMetadata(string name)
    {
        var text = Metadata(name);
        return text is null ? []
            : BinaryValue.TryDecode(text, out var values) ? values
            : throw new GrpcException(new GrpcStatus(StatusCode.Internal, $"metadata {name} is not base64"));
    }

    /// <summary>Adds metadata to the response; before its first byte.</summary>
    public void AddHeader(string name, string value) => _context.Response.Headers.Append(name, value);

    /// <summary>
    /// Adds metadata to what stands with the status. Binary values go through <see cref="BinaryValue"/>.
    /// </summary>
    public void AddTrailer(string name, string value) => (_trailers ??= []).Add((name, value));

    /// <summary>
    /// Compresses messages from here on, if the client accepts that; before the first byte of the response.
    /// </summary>
    public bool TryCompress()
    {
        if (!_isGzip && GrpcHeaders.Names(Metadata(GrpcHeaders.AcceptEncoding), GrpcHeaders.Gzip))
        {
            _isGzip = true;
            _context.Response.Headers[GrpcHeaders.Encoding] = GrpcHeaders.Gzip;
        }

        return _isGzip;
    }

    /// <summary>Takes instruments of what the call's client may stream, until the call is over.</summary>
    /// <exception cref="GrpcException">RESOURCE_EXHAUSTED: it streams as many as it may.</exception>
    public void TakeSymbols(int count) => _context.Features.Get<ClientLease>()?.TakeSymbols(count);

    /// <summary>Reads the one request message.</summary>
    /// <exception cref="GrpcException">The request breaks the protocol or a limit.</exception>
    public async Task<T> ReadRequestAsync<T>(MessageParser<T> parser)
        where T : IMessage<T> => Parse(parser, await _request.ReadSingleAsync(Cancellation).ConfigureAwait(false));

    /// <summary>Reads the next message of a stream; null when the client has ended its side.</summary>
    /// <exception cref="GrpcException">The request breaks the protocol or a limit.</exception>
    public async Task<T?> ReadNextAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        // What bounds a stream is the size of each message, not how many there are.
        if (_context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = null;
        }

        return await _request.ReadAsync(Cancellation).ConfigureAwait(false) is { } message
            ? Parse(parser, message)
            : null;
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
    public Task WriteAsync(IMessage message, CancellationToken cancellation) =>
        WriteAsync(message, _isGzip, cancellation);

    /// <summary>Writes one message that is compressed or not, whatever the others of the call are.</summary>
    /// <param name="message">The message.</param>
    /// <param name="compressed">True only after <see cref="TryCompress"/> agreed.</param>
    /// <param name="cancellation">Until when it is tried.</param>
    public Task WriteAsync(IMessage message, bool compressed, CancellationToken cancellation)
    {
        var bytes = message.ToByteArray();
        return WriteAsync(compressed ? GzipMessage.Pack(bytes) : bytes, compressed, cancellation);
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

    /// <summary>Puts the status where it belongs: in the headers while nothing else was sent.</summary>
    internal void Answer(GrpcStatus status)
    {
        GrpcDispatcher.Answer(_context.Response, status);
        foreach (var (name, value) in _trailers ?? [])
        {
            if (_context.Response.HasStarted)
            {
                _context.Response.AppendTrailer(name, value);
            }
            else
            {
                _context.Response.Headers.Append(name, value);
            }
        }
    }

    /// <summary>Writes a message that is encoded already, compressed as the call is.</summary>
    internal Task WriteEncodedAsync(byte[] message) =>
        WriteAsync(_isGzip ? GzipMessage.Pack(message) : message, _isGzip, Cancellation);

    private async Task WriteAsync(byte[] message, bool compressed, CancellationToken cancellation)
    {
        var frame = Output.GetMemory(MessagePrefix.Bytes + message.Length)[..(MessagePrefix.Bytes + message.Length)];
        MessagePrefix.Write(frame.Span, compressed, (uint)message.Length);
        message.CopyTo(frame[MessagePrefix.Bytes..]);
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

    private static T Parse<T>(MessageParser<T> parser, byte[] message)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new GrpcException(new GrpcStatus(StatusCode.Internal, "the request is not a valid protobuf message"));
        }
    }
}
