using System;
using System.Net.Sockets;

namespace LowLatencyQuoter.Wire.Transport;

/// <content>What happens while there is no byte, no room, or no connection any more.</content>
public sealed partial class StreamSocket
{
    /// <summary>
    /// Bounds all receives until <see cref="LiftReceiveLimit"/>: past the limit they give 0 with
    /// <see cref="TransportFaultCode.ReceiveTimedOut"/>.
    /// </summary>
    /// <param name="limit">From now on.</param>
    /// <param name="muteIdle">Whether the idle callback rests meanwhile, as it must while closing after a stop.</param>
    public void LimitReceive(TimeSpan limit, bool muteIdle = false)
    {
        _receiveLimit = TimeLimit.After(limit);
        _idleMuted = muteIdle;
    }

    /// <summary>Ends what <see cref="LimitReceive"/> began.</summary>
    public void LiftReceiveLimit()
    {
        _receiveLimit = null;
        _idleMuted = false;
    }

    /// <summary>
    /// Changes how long a send may wait for the peer to take bytes. A thread that serves several connections waits for
    /// none of them.
    /// </summary>
    public void LimitSends(TimeSpan limit) => _sendLimit = limit;

    /// <summary>The rare cases at the door of a receive. True when it may go on.</summary>
    private bool MayReceive(bool bufferIsEmpty)
    {
        if (_inIdle)
        {
            throw new InvalidOperationException("receive from within OnIdle: the thread is already receiving");
        }

        if (bufferIsEmpty)
        {
            throw new ArgumentException("no room for a byte in the receive buffer");
        }

        if (_disposed)
        {
            Fail(TransportFaultCode.Disposed, "the connection was disposed");
        }

        if (_fault.IsTerminal)
        {
            return false;
        }

        _fault = default;   // stopped or timed out: may be repeated
        return true;
    }

    /// <summary>True when it is worth asking the socket again.</summary>
    private bool WaitForByte()
    {
        if (_receiveLimit is { IsOver: true })
        {
            return Fail(TransportFaultCode.ReceiveTimedOut, "no byte within the limit");
        }

        if (_options.ReceiveMode == ReceiveMode.Blocking)
        {
            var interval = _receiveLimit?.Slice(_options.IdleInterval) ?? _options.IdleInterval;
            if (_socket.Poll(interval, SelectMode.SelectRead))
            {
                return !_disposed || Fail(TransportFaultCode.Disposed, "the connection was disposed");
            }
        }

        if (_disposed)
        {
            return Fail(TransportFaultCode.Disposed, "the connection was disposed");
        }

        return _idleMuted || CallIdle();
    }

    private bool CallIdle()
    {
        bool goOn;
        _inIdle = true;
        try
        {
            goOn = _idle.OnIdle();
        }
        finally
        {
            _inIdle = false;
        }

        if (_fault.IsTerminal)
        {
            return false;   // a send from within OnIdle failed
        }

        return goOn || Fail(TransportFaultCode.Stopped, "stopped by the idle callback");
    }

    /// <summary>Waits until the kernel takes bytes again; the limit starts with the first wait.</summary>
    private bool WaitForRoom(ref TimeLimit? limit)
    {
        limit ??= TimeLimit.After(_sendLimit);
        if (limit.Value.IsOver)
        {
            return Fail(
                TransportFaultCode.SendTimedOut,
                $"the peer took no bytes for {_sendLimit.TotalMilliseconds} ms");
        }

        _socket.Poll(limit.Value.Slice(_sendLimit), SelectMode.SelectWrite);
        return true;
    }

    private int EndReceive(SocketError error)
    {
        _ = error switch
        {
            _ when _disposed => Fail(TransportFaultCode.Disposed, "the connection was disposed"),
            SocketError.Success => Fail(TransportFaultCode.PeerClosed, "the peer ended the stream"),
            _ => Fail(TransportFaultCode.ConnectionLost, $"receive failed: {error}"),
        };
        return 0;
    }

    private bool EndSend(SocketError error) => _disposed
        ? Fail(TransportFaultCode.Disposed, "the connection was disposed")
        : Fail(TransportFaultCode.ConnectionLost, $"send failed: {error}");

    private bool RefuseSend() => Fail(TransportFaultCode.Disposed, "the connection was disposed");

    /// <summary>Notes the first terminal fault; later ones are its consequences. Always false.</summary>
    private bool Fail(TransportFaultCode code, string text)
    {
        if (!_fault.IsTerminal)
        {
            _fault = new(code, text);
        }

        return false;
    }
}
