using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>Takes the messages of a call out of its request body, however it was cut. Threads: one at a time.</summary>
internal sealed class GrpcRequestReader
{
    private readonly PipeReader _body;
    private readonly int _bytesMax;
    private readonly bool _isGzip;

    /// <summary>Reads <paramref name="body"/>.</summary>
    /// <param name="body">The request.</param>
    /// <param name="bytesMax">
    /// Most bytes of a message, compressed and not; a larger one is refused before it is read or unpacked.
    /// </param>
    /// <param name="isGzip">True when the client said that it may compress messages.</param>
    public GrpcRequestReader(PipeReader body, int bytesMax, bool isGzip)
    {
        _body = body;
        _bytesMax = bytesMax;
        _isGzip = isGzip;
    }

    /// <summary>True when the message read last was compressed.</summary>
    public bool WasCompressed { get; private set; }

    /// <summary>The next message without its prefix; null when the client has ended its side.</summary>
    /// <exception cref="GrpcException">
    /// RESOURCE_EXHAUSTED: the message is too large; INTERNAL: reserved flag, compressed without an encoding, or not as
    /// it says, or cut short.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await _body.ReadAsync(cancellation).ConfigureAwait(false);
            var rest = result.Buffer;
            if (TryTake(ref rest, out var message))
            {
                _body.AdvanceTo(rest.Start);
                return message;
            }

            if (result.IsCompleted)
            {
                _body.AdvanceTo(rest.End);
                return rest.IsEmpty ? null : throw Broken("the request ends inside a message");
            }

            _body.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Reads until the client has ended its side, and returns the one message.</summary>
    /// <exception cref="GrpcException">As above; UNIMPLEMENTED: not exactly one message.</exception>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public async Task<byte[]> ReadSingleAsync(CancellationToken cancellation)
    {
        var message = await ReadAsync(cancellation).ConfigureAwait(false) ?? throw Count("no");
        return await ReadAsync(cancellation).ConfigureAwait(false) is null ? message : throw Count("more than one");
    }

    private bool TryTake(ref ReadOnlySequence<byte> rest, out byte[] message)
    {
        message = [];
        if (rest.IsEmpty)
        {
            return false;
        }

        // 1. the flag alone may condemn the message
        var flag = rest.FirstSpan[0];
        if (flag > 1)
        {
            throw Broken($"the message begins with the reserved flag {flag}");
        }

        if (flag == 1 && !_isGzip)
        {
            throw Broken("the message is flagged as compressed, and no compression was negotiated");
        }

        // 2. the length, before anything is buffered for it
        Span<byte> prefix = stackalloc byte[MessagePrefix.Bytes];
        if (rest.Length < prefix.Length)
        {
            return false;
        }

        rest.Slice(0, prefix.Length).CopyTo(prefix);
        MessagePrefix.TryRead(prefix, out var compressed, out var length);
        if (length > _bytesMax)
        {
            throw new GrpcException(new GrpcStatus(
                StatusCode.ResourceExhausted, $"the request has {length} bytes, and {_bytesMax} are allowed"));
        }

        // 3. the message
        if (rest.Length - prefix.Length < length)
        {
            return false;
        }

        message = rest.Slice(prefix.Length, length).ToArray();
        rest = rest.Slice(prefix.Length + length);
        WasCompressed = compressed;
        if (compressed)
        {
            message = GzipMessage.Unpack(message, _bytesMax);
        }

        return true;
    }

    private static GrpcException Broken(string what) => new(new GrpcStatus(StatusCode.Internal, what));

    private static GrpcException Count(string what) =>
        new(new GrpcStatus(StatusCode.Unimplemented, $"the method takes one message, and {what} message was sent"));
}
