using System;
using System.IO;
using System.IO.Compression;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// The frames of another encoder under <c>grpc-encoding: gzip</c>, each compressed once for all who want that. Costs a
/// deflater of the framework a frame, whatever the count of subscribers. Threads: one.
/// </summary>
/// <param name="plain">Makes the messages.</param>
internal sealed class GzipEncoder(IFrameEncoder plain) : IFrameEncoder
{
    private readonly byte[] _message = new byte[plain.FrameBytesMax];

    /// <summary>Signature, method deflate, no flags, no time, no hint, unknown system.</summary>
    private static ReadOnlySpan<byte> Header => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <inheritdoc/>
    public int FrameBytesMax { get; } =
        plain.FrameBytesMax + (plain.FrameBytesMax / 64) + 256;   // what cannot be compressed grows by less

    /// <inheritdoc/>
    public bool TellsReplaced => plain.TellsReplaced;

    /// <inheritdoc/>
    public bool TryEncode(QuoteReader quote, bool always, Span<byte> bytes, out EncodedFrame frame)
    {
        if (!plain.TryEncode(quote, always, _message, out var message))
        {
            frame = default;
            return false;
        }

        Pack(_message.AsSpan(MessagePrefix.Bytes, message.Length - MessagePrefix.Bytes), bytes, out frame);
        return true;
    }

    /// <inheritdoc/>
    public int EncodeHeartbeat(long sequence, long nowNanos, Span<byte> bytes) =>
        plain.EncodeHeartbeat(sequence, nowNanos, bytes);   // a message may always go uncompressed; these are small

    private static void Pack(ReadOnlySpan<byte> message, Span<byte> bytes, out EncodedFrame frame)
    {
        Header.CopyTo(bytes[MessagePrefix.Bytes..]);
        frame = new EncodedFrame { PlainLength = message.Length, Checksum = Crc32.Begin() };
        frame.Checksum.Append(message);
        frame.BodyLength = MessagePrefix.Bytes + Header.Length
            + Deflate(message, bytes[(MessagePrefix.Bytes + Header.Length)..]);
        frame.Length = frame.BodyLength + ReplacedEnding.Close(in frame, [], bytes[frame.BodyLength..]);
        MessagePrefix.Write(bytes, true, (uint)(frame.Length - MessagePrefix.Bytes));
    }

    private static int Deflate(ReadOnlySpan<byte> message, Span<byte> bytes)
    {
        using var packed = new MemoryStream(message.Length + 256);
        using var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true);
        deflate.Write(message);
        deflate.Flush();   // ends on a whole byte; what disposal adds is left out
        var length = (int)packed.Length;
        packed.GetBuffer().AsSpan(0, length).CopyTo(bytes);
        return length;
    }
}
