using System;
using System.IO;
using System.IO.Compression;
using System.Net.WebSockets;
using System.Threading;
using FrameworkSocket = System.Net.WebSockets.WebSocket;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>
/// Compressed messages to plain ones, in one reused buffer, for one connection. The window is kept from message to
/// message and is the largest there is: what a server sends with a smaller one or with an empty one is read by it all
/// the same. After warm-up nothing is allocated, unless the peer ends its messages with final blocks.
/// </summary>
/// <remarks>
/// Inflating is the framework's own for websockets: its streams cannot be told that a message ends and the window stays
/// (where a stream that ends within a block is an error, as it is here, each message would be one). Only a message with
/// a final block, which RFC 7692 section 7.2.3.4 allows to senders that cannot flush, is read by such a stream. The
/// native memory goes with the garbage collector: a connection may be disposed by a thread other than the one that
/// reads, and nothing here may be taken away below a read.
/// </remarks>
#pragma warning disable CA1001 // see the remarks
internal sealed class MessageInflater
#pragma warning restore CA1001
{
    private readonly InflateFeed _feed = new();
    private readonly int _maxBytes;
    private FrameworkSocket _socket;

    public MessageInflater(WebSocketLimits limits)
    {
        _maxBytes = limits.MaxMessageBytes;
        Message = new ByteBuffer(Math.Min(limits.InitialBufferBytes, _maxBytes), _maxBytes + 1);
        _socket = Begin();
    }

    /// <summary>The message that was inflated last.</summary>
    public ByteBuffer Message { get; }

    /// <summary>Inflates one message into <see cref="Message"/>, up to the cap of a message and one byte.</summary>
    /// <param name="compressed">Its payload as received.</param>
    /// <returns>What is wrong, or <see cref="WebSocketFaultCode.None"/>.</returns>
    public WebSocketFaultCode Inflate(ReadOnlyMemory<byte> compressed)
    {
        if (compressed.IsEmpty)
        {
            Message.Clear();
            return WebSocketFaultCode.None;   // not what the RFC makes of an empty message, but nothing else it can be
        }

        if (TryInflate(compressed, out var fault))
        {
            return fault;
        }

        // Broken; unless the message before ended with a final block, or this one does. The window is then empty.
        _socket = Begin();
        if (TryInflate(compressed, out fault))
        {
            return fault;
        }

        _socket = Begin();
        return InflateFinalBlock(compressed);
    }

    private FrameworkSocket Begin() => FrameworkSocket.CreateFromStream(_feed, new WebSocketCreationOptions
    {
        KeepAliveInterval = Timeout.InfiniteTimeSpan,
        DangerousDeflateOptions = new WebSocketDeflateOptions(),
    });

    private bool TryInflate(ReadOnlyMemory<byte> compressed, out WebSocketFaultCode fault)
    {
        _feed.Begin(compressed);
        Message.Clear();
        try
        {
            fault = ReadMessage();
            return true;
        }
        catch (WebSocketException)
        {
            fault = WebSocketFaultCode.DeflateInvalid;
            return false;
        }
    }

    private WebSocketFaultCode ReadMessage()
    {
        while (true)
        {
            var reading = _socket.ReceiveAsync(Message.RoomMemory(), CancellationToken.None);
            if (!reading.IsCompleted)
            {
                throw new InvalidOperationException("the framework's websocket waits for bytes that are all there");
            }

            var read = reading.GetAwaiter().GetResult();
            Message.Commit(read.Count);
            if (Message.Count > _maxBytes)
            {
                return WebSocketFaultCode.InflatedTooLarge;
            }

            if (read.EndOfMessage)
            {
                return WebSocketFaultCode.None;
            }
        }
    }

    private WebSocketFaultCode InflateFinalBlock(ReadOnlyMemory<byte> compressed)
    {
        Message.Clear();
        using var source = new FinalBlockSource(compressed);
        using var stream = new DeflateStream(source, CompressionMode.Decompress);
        try
        {
            for (int count; (count = stream.Read(Message.Room(0))) > 0;)
            {
                Message.Commit(count);
                if (Message.Count > _maxBytes)
                {
                    return WebSocketFaultCode.InflatedTooLarge;
                }
            }
        }
        catch (InvalidDataException)
        {
            return WebSocketFaultCode.DeflateInvalid;
        }

        return source.IsUsedUp ? WebSocketFaultCode.None : WebSocketFaultCode.DeflateInvalid;
    }
}
