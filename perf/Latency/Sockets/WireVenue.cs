using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// A venue on a loopback socket that speaks just enough of Binance: instruments, snapshot, and diffs on a websocket,
/// from a tape. Bare sockets, so that what it costs to send is one system call. Threads: one accepts; one sends.
/// </summary>
internal sealed class WireVenue : IDisposable
{
    private const int HeaderBytes = 4;
    private const int RequestBytesMax = 8_192;
    private const string Instruments =
        $$"""{"symbols":[{"symbol":"{{DiffTape.Symbol}}","filters":["""
        + """{"filterType":"PRICE_FILTER","tickSize":"0.01"},{"filterType":"LOT_SIZE","stepSize":"0.00000001"}]}]}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly DiffTape _tape;
    private readonly DiffSource _source;
    private readonly byte[] _message;
    private readonly Thread _thread;
    private volatile Socket? _subscriber;
    private volatile bool _stopping;

    /// <summary>Listens on a free port.</summary>
    public WireVenue(DiffTape tape)
    {
        _tape = tape;
        _source = new DiffSource(tape);
        _message = GC.AllocateArray<byte>(HeaderBytes + tape.FrameLength, pinned: true);
        _message[0] = 0x81;   // a whole text message, not masked; 16 bits of length follow
        _message[1] = 126;
        _message[2] = (byte)(tape.FrameLength >> 8);
        _message[3] = (byte)tape.FrameLength;
        _listener.Start();
        _thread = new Thread(Accept) { Name = "venue-accept", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Puts the next message into the buffer.</summary>
    public void Prepare(long number)
    {
        _source.Prepare(number);
        _source.Frame.CopyTo(_message.AsSpan(HeaderBytes));
    }

    /// <summary>Sends it; returns when sending began.</summary>
    /// <exception cref="PerfException">Nobody is connected.</exception>
    public long Send()
    {
        var subscriber = _subscriber ?? throw new PerfException("nobody is connected to the sending venue", 1);
        var began = MonotonicClock.Nanos();
        for (var sent = 0; sent < _message.Length;)
        {
            sent += subscriber.Send(_message.AsSpan(sent), SocketFlags.None);
        }

        return began;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _listener.Stop();
        _subscriber?.Dispose();
        _thread.Join(2_000);
    }

    private void Accept()
    {
        while (!_stopping)
        {
            try
            {
                Serve(_listener.AcceptSocket());
            }
            catch (Exception e) when (
                e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // A client that went away, or the end: who waits for books to become live reports what is missing.
            }
        }
    }

    private void Serve(Socket socket)
    {
        socket.NoDelay = true;
        socket.ReceiveTimeout = 5_000;
        var (target, headers) = ReadRequest(socket);
        if (headers.TryGetValue("sec-websocket-key", out var key))
        {
            var accept = Convert.ToBase64String(
#pragma warning disable CA5350 // RFC 6455 says SHA-1
                SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
            SendText(
                socket,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + $"Sec-WebSocket-Accept: {accept}\r\n\r\n");
            _subscriber = socket;
            return;
        }

        using (socket)
        {
            var body = target.StartsWith("/api/v3/depth", StringComparison.Ordinal)
                ? Encoding.ASCII.GetString(_tape.Snapshot)
                : Instruments;
            SendText(
                socket,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n{body}"));
            socket.Shutdown(SocketShutdown.Send);
        }
    }

    private static (string Target, Dictionary<string, string> Headers) ReadRequest(Socket socket)
    {
        var buffer = new byte[RequestBytesMax];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = length == buffer.Length ? 0 : socket.Receive(buffer.AsSpan(length), SocketFlags.None);
            length += read > 0 ? read : throw new IOException("the request ended early");
        }

        var lines = Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines[1..])
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        return (lines[0].Split(' ')[1], headers);
    }

    private static void SendText(Socket socket, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += socket.Send(bytes.AsSpan(sent), SocketFlags.None);
        }
    }
}
