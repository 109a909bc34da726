using System;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using LowLatencyQuoter.Wire.WebSocket.Frames;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>
/// The client side of one websocket (RFC 6455, and RFC 7692 where it is asked for) for one thread at a time, which
/// reads and sends. Messages are pulled; each lies in a reused buffer. A thread with one connection waits in
/// <see cref="ReadMessage"/>; one with several asks each by <see cref="TryReadMessage"/>. After warm-up neither reading
/// nor sending allocates; sending compressed does where a message begins with an empty or smaller window.
/// </summary>
/// <remarks>
/// Only <see cref="Dispose"/> may be called from another thread. Pings are answered by this class: the pong goes out
/// before the next message is handed out and before the next wait. The pongs of one receive leave in one send; beyond
/// 16 of them only the most recent ping is answered (RFC 6455 section 5.5.3), so that a flood of pings does not starve
/// messages.
/// </remarks>
public sealed partial class WebSocketConnection : IDisposable
{
    private readonly StreamSocket _socket;
    private readonly MessageReader _reader;
    private readonly FrameWriter _writer;
    private readonly WebSocketOptions _options;
    private readonly PongBatch _pongs;
    private readonly MessageDeflater? _deflater;
    private bool _closeSent;
    private WebSocketFault _fault;

    private WebSocketConnection(
        StreamSocket socket,
        MessageReader reader,
        WebSocketOptions options,
        DeflateTerms? terms)
    {
        _socket = socket;
        _reader = reader;
        _options = options;
        _writer = new FrameWriter(options.MaskKeys ?? new RandomMaskKeys());
        _pongs = new PongBatch(_writer);
        Deflate = terms;
        _deflater = terms is null ? null : new MessageDeflater(terms, options.Deflate!.Level);
    }

    /// <summary>The compression that both sides agreed on; null for none.</summary>
    public DeflateTerms? Deflate { get; }

    /// <summary>Why the connection is over; <see cref="WebSocketFaultCode.None"/> while it is open.</summary>
    public WebSocketFault Fault => _fault;

    /// <summary>Bytes received so far: when this stands still, the peer is silent.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Receives so far that brought bytes: when this moved, the message read last began a new batch.</summary>
    public long Batches { get; private set; }

    /// <summary>Pings received so far.</summary>
    public long PingsReceived { get; private set; }

    /// <summary>Pongs received so far, asked for or not: a sign of life and nothing else.</summary>
    public long PongsReceived { get; private set; }

    /// <summary>Waits for the next message.</summary>
    /// <param name="kind">Text or binary.</param>
    /// <param name="payload">The whole message, valid until the next call of a member that reads or closes.</param>
    /// <returns>
    /// <see cref="ReadOutcome.Message"/>, or why there is none. After <see cref="ReadOutcome.Closed"/> and
    /// <see cref="ReadOutcome.Failed"/> the peer has been told with the right close code.
    /// </returns>
    [HotPath]
    public ReadOutcome ReadMessage(out MessageKind kind, out ReadOnlySpan<byte> payload)
    {
        kind = MessageKind.None;
        payload = default;
        while (_fault.Code == WebSocketFaultCode.None)
        {
            switch (_reader.Read(out kind, out payload))
            {
                case ReadEvent.Message:
                    if (_pongs.IsEmpty || TryAnswerPings())
                    {
                        return ReadOutcome.Message;
                    }

                    break;
                case ReadEvent.NeedBytes:
                    if ((_pongs.IsEmpty || TryAnswerPings()) && !TryReceive())
                    {
                        return ReadOutcome.Stopped;
                    }

                    break;
                case var other:
                    OnOther(other, payload);
                    break;
            }
        }

        kind = MessageKind.None;
        payload = default;
        return _fault.Code == WebSocketFaultCode.ClosedByPeer ? ReadOutcome.Closed : ReadOutcome.Failed;
    }

    /// <summary>
    /// The next message if it is there: out of the bytes received before, or of one receive that does not wait. The
    /// idle callback is not called.
    /// </summary>
    /// <param name="kind">Text or binary.</param>
    /// <param name="payload">The whole message, valid until the next call of a member that reads or closes.</param>
    /// <returns>
    /// As <see cref="ReadMessage"/>; <see cref="ReadOutcome.Nothing"/> when no whole message is there.
    /// </returns>
    [HotPath]
    public ReadOutcome TryReadMessage(out MessageKind kind, out ReadOnlySpan<byte> payload)
    {
        var asked = false;
        while (_fault.Code == WebSocketFaultCode.None)
        {
            switch (_reader.Read(out kind, out payload))
            {
                case ReadEvent.Message:
                    if (_pongs.IsEmpty || TryAnswerPings())
                    {
                        return ReadOutcome.Message;
                    }

                    break;
                case ReadEvent.NeedBytes:
                    if (!_pongs.IsEmpty && !TryAnswerPings())
                    {
                        break;
                    }

                    if (asked || !TryReceiveNow())
                    {
                        return _fault.Code == WebSocketFaultCode.None ? ReadOutcome.Nothing : ReadOutcome.Failed;
                    }

                    asked = true;
                    break;
                case var other:
                    OnOther(other, payload);
                    break;
            }
        }

        kind = MessageKind.None;
        payload = default;
        return _fault.Code == WebSocketFaultCode.ClosedByPeer ? ReadOutcome.Closed : ReadOutcome.Failed;
    }

    /// <summary>Control frames, and what breaks the protocol.</summary>
    [HotPath]
    private void OnOther(ReadEvent read, ReadOnlySpan<byte> payload)
    {
        switch (read)
        {
            case ReadEvent.Ping:
                PingsReceived++;
                _pongs.Add(payload);
                break;
            case ReadEvent.Pong:
                PongsReceived++;
                break;
            case ReadEvent.Close:
                OnPeerClose(payload);
                break;
            default:
                FailWith(_reader.Fault);
                break;
        }
    }

    /// <summary>
    /// The message that was read last, until the next call of a member that reads or closes; empty before the first.
    /// </summary>
    public ReadOnlySpan<byte> LastMessage => _reader.LastMessage;

    /// <summary>The socket as <see cref="SocketWait"/> takes it.</summary>
    public nint Handle => _socket.Handle;

    /// <inheritdoc cref="StreamSocket.LimitSends"/>
    public void LimitSends(TimeSpan limit) => _socket.LimitSends(limit);

    /// <inheritdoc cref="StreamSocket.LeastRoundTripNanos"/>
    public long LeastRoundTripNanos => _socket.LeastRoundTripNanos;

    /// <summary>Sends a whole text message.</summary>
    /// <param name="text">Has to be UTF-8; the peer closes otherwise.</param>
    /// <returns>False when the connection is over or closing; see <see cref="Fault"/>.</returns>
    [HotPath]
    public bool TrySendText(ReadOnlySpan<byte> text) =>
        _deflater is null ? TrySend(OpCode.Text, text) : TrySendDeflated(OpCode.Text, text);

    /// <summary>Sends a whole binary message.</summary>
    /// <inheritdoc cref="TrySendText" path="/returns"/>
    [HotPath]
    public bool TrySendBinary(ReadOnlySpan<byte> bytes) =>
        _deflater is null ? TrySend(OpCode.Binary, bytes) : TrySendDeflated(OpCode.Binary, bytes);

    /// <summary>Sends a ping. The pong shows in <see cref="PongsReceived"/>.</summary>
    /// <param name="payload">At most 125 bytes; more throws <see cref="ArgumentException"/>.</param>
    /// <inheritdoc cref="TrySendText" path="/returns"/>
    [HotPath]
    public bool TrySendPing(ReadOnlySpan<byte> payload)
    {
        CheckControlPayload(payload.Length);
        return TrySend(OpCode.Ping, payload);
    }

    /// <summary>
    /// Sends a one-way pong, which some venues take as a heartbeat. Pings need no call of this: they are answered.
    /// </summary>
    /// <param name="payload">At most 125 bytes; more throws <see cref="ArgumentException"/>.</param>
    /// <inheritdoc cref="TrySendText" path="/returns"/>
    [HotPath]
    public bool TrySendPong(ReadOnlySpan<byte> payload)
    {
        CheckControlPayload(payload.Length);
        return TrySend(OpCode.Pong, payload);
    }

    /// <summary>
    /// Drops the connection at once, without a close frame. A read under way on another thread ends promptly.
    /// </summary>
    public void Dispose() => _socket.Dispose();

    [HotPath]
    private bool TrySend(OpCode opCode, ReadOnlySpan<byte> payload) =>
        MaySend() && TrySendFrames(_writer.Write(opCode, payload));

    private bool TrySendDeflated(OpCode opCode, ReadOnlySpan<byte> message)
    {
        if (message.Length < _options.Deflate!.CompressFromBytes)
        {
            return TrySend(opCode, message);
        }

        return MaySend() && TrySendFrames(_writer.Write(opCode, _deflater!.Deflate(message), isCompressed: true));
    }

    [HotPath]
    private bool TryAnswerPings() => MaySend() && TrySendFrames(_pongs.Take());

    [HotPath]
    private bool MaySend() => !_closeSent && _fault.Code == WebSocketFaultCode.None;

    [HotPath]
    private bool TrySendFrames(ReadOnlySpan<byte> frames)
    {
        if (_socket.TrySend(frames))
        {
            return true;
        }

        TakeTransportFault();
        return false;
    }

    /// <summary>Takes in what is there now. False when that is nothing, or nothing comes any more.</summary>
    [HotPath]
    private bool TryReceiveNow()
    {
        var count = _socket.ReceiveNow(_reader.Room());
        if (count == 0)
        {
            if (_socket.Fault.Code != TransportFaultCode.None)
            {
                TakeTransportFault();
            }

            return false;
        }

        _reader.Commit(count);
        BytesReceived += count;
        Batches++;
        return true;
    }

    /// <summary>Takes in what is there. False when the idle callback asked to stop.</summary>
    [HotPath]
    private bool TryReceive()
    {
        var count = _socket.Receive(_reader.Room());
        if (count == 0)
        {
            return TakeTransportFault();
        }

        _reader.Commit(count);
        BytesReceived += count;
        Batches++;
        return true;
    }
}
