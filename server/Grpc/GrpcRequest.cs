using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Takes the one message of a unary or server-streaming call out of the request body, however it was cut.
/// </summary>
internal static class GrpcRequest
{
    /// <summary>Most bytes of a request message; a larger one is refused before it is read.</summary>
    public const int MessageBytesMax = 16 * 1024;

    /// <summary>Reads until the client has ended its side, and returns the message without its prefix.</summary>
    /// <exception cref="GrpcException">
    /// RESOURCE_EXHAUSTED: the message is too large; INTERNAL: reserved flag, compressed without a negotiated encoding,
    /// cut short; UNIMPLEMENTED: not exactly one message.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public static async Task<byte[]> ReadSingleAsync(PipeReader body, CancellationToken cancellation)
    {
        byte[]? message = null;
        while (true)
        {
            var result = await body.ReadAsync(cancellation).ConfigureAwait(false);
            var rest = result.Buffer;
            while (TryTake(ref rest, out var taken))
            {
                message = message is null ? taken : throw Count("more than one");
            }

            if (result.IsCompleted)
            {
                return rest.IsEmpty ? message ?? throw Count("no") : throw Broken("the request ends inside a message");
            }

            body.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> rest, out byte[] message)
    {
        message = [];
        if (rest.IsEmpty)
        {
            return false;
        }

        // 1. the flag alone may condemn the message
        if (rest.FirstSpan[0] > 1)
        {
            throw Broken($"the message begins with the reserved flag {rest.FirstSpan[0]}");
        }

        if (rest.FirstSpan[0] == 1)
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
        MessagePrefix.TryRead(prefix, out _, out var length);
        if (length > MessageBytesMax)
        {
            throw new GrpcException(new GrpcStatus(
                StatusCode.ResourceExhausted, $"the request has {length} bytes, and {MessageBytesMax} are allowed"));
        }

        // 3. the message
        if (rest.Length - prefix.Length < length)
        {
            return false;
        }

        message = rest.Slice(prefix.Length, length).ToArray();
        rest = rest.Slice(prefix.Length + length);
        return true;
    }

    private static GrpcException Broken(string what) => new(new GrpcStatus(StatusCode.Internal, what));

    private static GrpcException Count(string what) =>
        new(new GrpcStatus(StatusCode.Unimplemented, $"the method takes one message, and {what} message was sent"));
}
