using System;
using System.Text;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket.Frames;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <content>The ends of a connection: ours, the peer's, and by fault. Once per connection, so written
/// plainly.</content>
public sealed partial class WebSocketConnection
{
    /// <summary>
    /// Closes in order: sends a close frame unless one was sent or the stream is gone, waits for the peer's close frame
    /// and the end of its stream within <see cref="WebSocketOptions.CloseLimit"/>, then drops the connection. Messages
    /// that still come are dropped, the idle callback rests. Not from within it: return false there and close after the
    /// read.
    /// </summary>
    /// <param name="code">1000 to 1003, 1007 to 1014 or 3000 to 4999.</param>
    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    /// <returns>Whether both sides sent a close frame.</returns>
    public bool Close(CloseCode code, string reason = "")
    {
        var bytes = Encoding.UTF8.GetBytes(reason);
        if (!ClosePayload.IsSendable(code))
        {
            throw new ArgumentOutOfRangeException(nameof(code), (int)code, "a close code that must not be sent");
        }

        if (bytes.Length > ClosePayload.MaxReasonBytes)
        {
            throw new ArgumentException(
                $"a close reason takes at most {ClosePayload.MaxReasonBytes} bytes of UTF-8, not {bytes.Length}",
                nameof(reason));
        }

        var peerClosed = _fault.Code == WebSocketFaultCode.ClosedByPeer;
        _socket.LimitReceive(_options.CloseLimit, muteIdle: true);
        var limit = TimeLimit.After(_options.CloseLimit);
        if (SendClose(code, bytes) && _fault.Code == WebSocketFaultCode.None)
        {
            peerClosed = AwaitPeerClose(limit);
            _fault = new(WebSocketFaultCode.ClosedByUs, reason, code);
        }

        _socket.FinishSending();
        DrainStream(limit);
        _socket.Dispose();
        return peerClosed && _closeSent;
    }

    /// <summary>
    /// Reads on until the peer's close frame. False: the limit, the stream's end or a broken frame came first.
    /// </summary>
    private bool AwaitPeerClose(TimeLimit limit)
    {
        while (!limit.IsOver)
        {
            switch (_reader.Read(out _, out var payload))
            {
                case ReadEvent.Close:
                    return ClosePayload.Read(payload, out _, out _) == WebSocketFaultCode.None;
                case ReadEvent.Fault:
                    return false;
                case ReadEvent.NeedBytes:
                    var count = _socket.Receive(_reader.Room());
                    if (count == 0)
                    {
                        return false;
                    }

                    _reader.Commit(count);
                    break;
                default:
                    break;   // messages, pings and pongs of a peer that has not read our close frame yet
            }
        }

        return false;
    }

    /// <summary>
    /// Waits for the end of the peer's stream (RFC 6455 section 7.1.1: the server ends it first). Closing a socket with
    /// unread bytes would reset the connection and could take our close frame from the peer.
    /// </summary>
    private void DrainStream(TimeLimit limit)
    {
        Span<byte> dropped = stackalloc byte[512];
        while (!limit.IsOver && _socket.Receive(dropped) > 0)
        {
        }
    }

    /// <summary>The peer's close frame: answered with the same code, then told to the reader's caller.</summary>
    private void OnPeerClose(ReadOnlySpan<byte> payload)
    {
        var wrong = ClosePayload.Read(payload, out var code, out var reason);
        if (wrong != WebSocketFaultCode.None)
        {
            FailWith(wrong);
            return;
        }

        var text = Encoding.UTF8.GetString(reason);
        SendClose(code, []);
        _fault = new(WebSocketFaultCode.ClosedByPeer, text, code);
    }

    /// <summary>
    /// The peer broke a rule: it is told which, our side of the stream ends, the caller gets the fault at once.
    /// </summary>
    private void FailWith(WebSocketFaultCode code)
    {
        var closeCode = code.ToCloseCode();
        SendClose(closeCode, Encoding.ASCII.GetBytes(code.ToText()));
        _socket.FinishSending();
        _fault = new(code, code.ToText(), closeCode);
    }

    /// <summary>Sends the one close frame of this side. True when it has gone, now or before.</summary>
    private bool SendClose(CloseCode code, ReadOnlySpan<byte> reason)
    {
        if (_closeSent || _socket.Fault.IsTerminal)
        {
            return _closeSent;
        }

        if (!_pongs.IsEmpty && !TryAnswerPings())
        {
            return false;   // pings that came before the close frame are answered before it
        }

        Span<byte> payload = stackalloc byte[FrameHeader.MaxControlPayload];
        var bytes = ClosePayload.Write(code, reason, payload);
        _closeSent = TrySendFrames(_writer.Write(OpCode.Close, payload[..bytes]));
        return _closeSent;
    }

    /// <summary>
    /// Makes a fault of the stream ours. False when it only says that the idle callback asked to stop.
    /// </summary>
    private bool TakeTransportFault()
    {
        var fault = _socket.Fault;
        if (fault.Code == TransportFaultCode.Stopped)
        {
            return false;
        }

        if (_fault.Code == WebSocketFaultCode.None)
        {
            _fault = new((WebSocketFaultCode)fault.Code, fault.Text, CloseCode.Abnormal);
        }

        return true;
    }

    private static void CheckControlPayload(int bytes)
    {
        if (bytes > FrameHeader.MaxControlPayload)
        {
            throw new ArgumentException(
                $"a ping or pong takes at most {FrameHeader.MaxControlPayload} bytes, not {bytes}");
        }
    }
}
