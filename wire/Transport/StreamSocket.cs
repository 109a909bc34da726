using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;

namespace LowLatencyQuoter.Wire.Transport;

/// <summary>
/// A TCP connection, with TLS or without, for one dedicated thread that receives and sends. Faults are values
/// (<see cref="Fault"/>); nothing is thrown for what a peer or a network does. Receiving allocates nothing.
/// </summary>
/// <remarks>Only <see cref="Dispose"/> may be called from another thread; it ends a receive under way.</remarks>
public sealed partial class StreamSocket : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamSocketOptions _options;
    private readonly IReceiveIdle _idle;
    private SslStream? _tls;
    private TransportFault _fault;
    private TimeLimit? _receiveLimit;
    private bool _idleMuted;
    private bool _inIdle;
    private TimeSpan _sendLimit;
    private volatile bool _disposed;

    private StreamSocket(Socket socket, StreamSocketOptions options, IReceiveIdle idle)
    {
        _socket = socket;
        _options = options;
        _idle = idle;
        _sendLimit = options.SendLimit;
    }

    /// <summary>Why the last <see cref="Receive"/> gave 0 or the last <see cref="TrySend"/> false.</summary>
    public TransportFault Fault => _fault;

    /// <summary>The socket as <see cref="SocketWait"/> takes it; valid until disposal.</summary>
    public nint Handle => _socket.Handle;

    /// <summary>
    /// Waits for bytes and takes what is there. Between waits <see cref="IReceiveIdle.OnIdle"/> is called.
    /// </summary>
    /// <param name="buffer">Where the bytes go; not empty.</param>
    /// <returns>The count of bytes; 0 when there are none to come, and <see cref="Fault"/> says why.</returns>
    [HotPath]
    public int Receive(Span<byte> buffer)
    {
        if (_inIdle || _disposed || _fault.Code != TransportFaultCode.None || buffer.IsEmpty)
        {
            if (!MayReceive(buffer.IsEmpty))
            {
                return 0;
            }
        }

        return _tls is null ? ReceiveRaw(buffer) : ReceiveDecrypted(buffer);
    }

    /// <summary>Takes what is there and never waits; the idle callback is not called.</summary>
    /// <param name="buffer">Where the bytes go; not empty.</param>
    /// <returns>The count of bytes; 0 when there is none now, or none to come: <see cref="Fault"/> tells.</returns>
    [HotPath]
    public int ReceiveNow(Span<byte> buffer)
    {
        if (_inIdle || _disposed || _fault.Code != TransportFaultCode.None || buffer.IsEmpty)
        {
            if (!MayReceive(buffer.IsEmpty))
            {
                return 0;
            }
        }

        return _tls is null ? ReceiveRawNow(buffer) : ReceiveDecryptedNow(buffer);
    }

    /// <summary>Bytes as they lie on the socket, if there are any now.</summary>
    [HotPath]
    internal int ReceiveRawNow(Span<byte> buffer)
    {
        try
        {
            var count = _socket.Receive(buffer, SocketFlags.None, out var error);
            return count > 0 || error is SocketError.WouldBlock or SocketError.Interrupted
                ? count
                : EndReceive(error);
        }
        catch (ObjectDisposedException)
        {
            return EndReceive(SocketError.OperationAborted);
        }
    }

    /// <summary>Bytes as they lie on the socket.</summary>
    [HotPath]
    internal int ReceiveRaw(Span<byte> buffer)
    {
        var polls = 0;
        try
        {
            while (true)
            {
                var count = _socket.Receive(buffer, SocketFlags.None, out var error);
                if (count > 0)
                {
                    return count;
                }

                if (error is not (SocketError.WouldBlock or SocketError.Interrupted))
                {
                    return EndReceive(error);
                }

                if (_options.ReceiveMode == ReceiveMode.Polling && ++polls < _options.PollsPerIdle)
                {
                    Thread.SpinWait(1);
                }
                else
                {
                    polls = 0;
                    if (!WaitForByte())
                    {
                        return 0;
                    }
                }
            }
        }
        catch (ObjectDisposedException)
        {
            return EndReceive(SocketError.OperationAborted);
        }
    }

    /// <summary>
    /// Sends all bytes, waiting for the peer to take them up to the send limit. After false the stream is over, because
    /// a part may have gone.
    /// </summary>
    [HotPath]
    public bool TrySend(ReadOnlySpan<byte> bytes)
    {
        if (_disposed || _fault.IsTerminal)
        {
            return RefuseSend();
        }

        return _tls is null ? SendRaw(bytes) : SendEncrypted(bytes);
    }

    /// <summary>Bytes as they go onto the socket.</summary>
    [HotPath]
    internal bool SendRaw(ReadOnlySpan<byte> bytes)
    {
        TimeLimit? limit = null;
        try
        {
            while (!bytes.IsEmpty)
            {
                var count = _socket.Send(bytes, SocketFlags.None, out var error);
                if (error == SocketError.Success)
                {
                    bytes = bytes[count..];
                }
                else if (error is not (SocketError.WouldBlock or SocketError.Interrupted))
                {
                    return EndSend(error);
                }
                else if (!WaitForRoom(ref limit))
                {
                    return false;
                }
            }

            return true;
        }
        catch (ObjectDisposedException)
        {
            return EndSend(SocketError.OperationAborted);
        }
    }

    /// <summary>Ends our side of the stream (TLS goodbye, then FIN); receiving goes on.</summary>
    public void FinishSending()
    {
        if (_disposed || _fault.IsTerminal)
        {
            return;
        }

        if (_tls is not null)
        {
            SayGoodbye();
        }

        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            Fail(TransportFaultCode.ConnectionLost, $"cannot end the stream: {gone.Message}");
        }
    }

    /// <summary>
    /// Drops the connection at once. A receive under way on another thread ends promptly. May be repeated.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        try
        {
            _socket.Shutdown(SocketShutdown.Both);   // wakes a thread that waits in poll(2)
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The peer or an earlier call was first: there is nothing left to shut down.
        }

        _socket.Dispose();
        _tls?.Dispose();
    }
}
