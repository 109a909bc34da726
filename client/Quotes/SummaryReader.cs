using System;
using System.Buffers;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Wire.Grpc;
using Orderbook;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>
/// Takes the summaries out of a response's body, however they were cut into DATA frames. One thread at a time.
/// </summary>
internal sealed class SummaryReader : IAsyncDisposable
{
    /// <summary>
    /// Longest message that is accepted, the same as other gRPC clients do; checked before memory is taken.
    /// </summary>
    public const uint MaxMessageBytes = 4 * 1024 * 1024;

    private readonly PipeReader _body;

    /// <summary>Reads from a body, which is closed together with the reader.</summary>
    public SummaryReader(Stream body) => _body = PipeReader.Create(body);

    /// <summary>The next summary; null at the end of the body.</summary>
    /// <exception cref="QuoteStreamException">The bytes are no summaries, or end within one.</exception>
    /// <exception cref="IOException">The body failed.</exception>
    public async ValueTask<Summary?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _body.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (TryTake(ref buffer, out var message))
            {
                var summary = Parse(message);
                _body.AdvanceTo(buffer.Start);
                return summary;
            }

            if (read.IsCompleted)
            {
                return buffer.IsEmpty
                    ? null
                    : throw new QuoteStreamException(StatusCode.Internal, "the stream ended within a message");
            }

            _body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Closes the body.</summary>
    public ValueTask DisposeAsync() => _body.CompleteAsync();

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < MessagePrefix.Bytes)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[MessagePrefix.Bytes];
        buffer.Slice(0, MessagePrefix.Bytes).CopyTo(prefix);
        if (!MessagePrefix.TryRead(prefix, out var compressed, out var length) || compressed)
        {
            throw new QuoteStreamException(
                StatusCode.Internal, $"a message with flag {prefix[0]}, although no compression was agreed on");
        }

        if (length > MaxMessageBytes)
        {
            throw new QuoteStreamException(
                StatusCode.ResourceExhausted, $"a message of {length} bytes, more than the {MaxMessageBytes} accepted");
        }

        if (buffer.Length - MessagePrefix.Bytes < length)
        {
            return false;
        }

        message = buffer.Slice(MessagePrefix.Bytes, length);
        buffer = buffer.Slice(message.End);
        return true;
    }

    private static Summary Parse(ReadOnlySequence<byte> message)
    {
        Summary summary;
        try
        {
            summary = Summary.Parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException malformed)
        {
            throw new QuoteStreamException(StatusCode.Internal, "a message that is no Summary", cause: malformed);
        }

        if (!double.IsFinite(summary.Spread))
        {
            throw new QuoteStreamException(StatusCode.Internal, "a quote whose spread is not a finite number");
        }

        RequireFinite(summary.Bids);
        RequireFinite(summary.Asks);
        return summary;
    }

    private static void RequireFinite(Google.Protobuf.Collections.RepeatedField<Level> side)
    {
        foreach (var level in side)
        {
            if (!double.IsFinite(level.Price) || !double.IsFinite(level.Amount))
            {
                throw new QuoteStreamException(
                    StatusCode.Internal,
                    $"a level of {Printable.Line(level.Exchange)} whose price or amount is not a finite number");
            }
        }
    }
}
