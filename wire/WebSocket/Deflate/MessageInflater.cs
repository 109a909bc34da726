using System;
using System.Net.WebSockets;
using System.Threading;
using FrameworkSocket = System.Net.WebSockets.WebSocket;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>
/// Compressed messages to plain ones, in one reused buffer, for one connection. The window is kept from message to
/// message and is the largest there is: what a server sends with a smaller one or with an empty one is read by it all
/// the same. After warm-up nothing is allocated.
/// </summary>
/// <remarks>
/// Inflating is the framework's own for websockets: its streams cannot be told that a message ends and the window stays
/// (where a stream that ends within a block is an error, as it is here, each message would be one). It refuses a
/// message that ends with a final block, which RFC 7692 section 7.2.3.4 allows to senders that cannot flush. The native
/// memory goes with the garbage collector: a connection may be disposed by a thread other than the one that reads, and
/// nothing here may be taken away below a read.
/// </remarks>
#pragma warning disable CA1001 // see the remarks
internal sealed class MessageInflater
#pragma warning restore CA1001
{
    private readonly InflateFeed _feed = new();
    private readonly int _maxBytes;
    private readonly FrameworkSocket _socket;

    public MessageInflater(WebSocketLimits limits)
    {
        _maxBytes = limits.MaxMessageBytes;
        Message = new ByteBuffer(Math.Min(limits.InitialBufferBytes, _maxBytes), _maxBytes + 1);
        _socket = FrameworkSocket.CreateFromStream(_feed, new WebSocketCreationOptions
        {
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousDeflateOptions = new WebSocketDeflateOptions(),
        });
    }

    /// <summary>The message that was inflated last.</summary>
    public ByteBuffer Message { get; }

    /// <summary>Inflates one message into <see cref="Message"/>, up to the cap of a message and one byte.</summary>
    /// <param name="compressed">Its payload as received.</param>
    /// <returns>What is wrong, or <see cref="WebSocketFaultCode.None"/>.</returns>
    public WebSocketFaultCode Inflate(ReadOnlyMemory<byte> compressed)
    {
        Message.Clear();
        if (compressed.IsEmpty)
        {
            return WebSocketFaultCode.None;   // not what the RFC makes of an empty message, but nothing else it can be
        }

        _feed.Begin(compressed);
        try
        {
            return InflateAll();
        }
        catch (WebSocketException)
        {
            return WebSocketFaultCode.DeflateInvalid;
        }
    }

    private WebSocketFaultCode InflateAll()
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
}
