using System;
using System.IO;
using System.IO.Compression;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>
/// Compressed messages to plain ones, in one reused buffer, for one connection. The window is kept from message to
/// message and is the largest there is: what a server sends with a smaller one or with an empty one is read by it all
/// the same. After warm-up nothing is allocated, unless the peer ends its messages with final blocks.
/// </summary>
/// <remarks>
/// The inflater's native memory goes with the garbage collector: a connection may be disposed by a thread other than
/// the one that reads, and nothing here may be taken away below a read.
/// </remarks>
#pragma warning disable CA1001 // see the remarks
internal sealed class MessageInflater
#pragma warning restore CA1001
{
    private readonly InflateSource _source = new();
    private readonly int _maxBytes;
    private DeflateStream _stream;

    public MessageInflater(WebSocketLimits limits)
    {
        _maxBytes = limits.MaxMessageBytes;
        Message = new ByteBuffer(Math.Min(limits.InitialBufferBytes, _maxBytes), _maxBytes);
        _stream = Begin();
    }

    /// <summary>The message that was inflated last.</summary>
    public ByteBuffer Message { get; }

    /// <summary>Inflates one message into <see cref="Message"/>, up to the cap of a message and no byte more.</summary>
    /// <param name="compressed">Its payload as received.</param>
    /// <returns>What is wrong, or <see cref="WebSocketFaultCode.None"/>.</returns>
    public WebSocketFaultCode Inflate(ReadOnlyMemory<byte> compressed)
    {
        Message.Clear();
        if (compressed.IsEmpty)
        {
            return WebSocketFaultCode.None;   // not what the RFC makes of an empty message, but nothing else it can be
        }

        _source.Begin(compressed);
        try
        {
            return InflateAll();
        }
        catch (InvalidDataException)
        {
            return WebSocketFaultCode.DeflateInvalid;
        }
    }

    private WebSocketFaultCode InflateAll()
    {
        Span<byte> beyond = stackalloc byte[1];
        while (true)
        {
            var isFull = Message.Count == _maxBytes;
            var count = _stream.Read(isFull ? beyond : Message.Room(0));
            if (count > 0)
            {
                if (isFull)
                {
                    return WebSocketFaultCode.InflatedTooLarge;
                }

                Message.Commit(count);
            }
            else if (_source.IsDrained)
            {
                return WebSocketFaultCode.None;
            }
            else if (_source.GaveSingleByte)
            {
                _stream = Begin();   // a final block ended the stream; what follows it begins with an empty window
            }
            else
            {
                return WebSocketFaultCode.DeflateInvalid;   // a final block, and the message goes on behind it
            }
        }
    }

    private DeflateStream Begin() => new(_source, CompressionMode.Decompress, leaveOpen: true);
}
