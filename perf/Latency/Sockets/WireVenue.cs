using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.WebSocket.Upgrade;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// A venue on a loopback socket that speaks just enough of Binance: instruments, snapshot, and diffs on a websocket,
/// from a tape. Bare sockets, so that what it costs to send is one system call, and the encryption where there is TLS.
/// Threads: one accepts; one sends.
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
    private readonly X509Certificate2? _certificate;
    private volatile Stream? _subscriber;
    private volatile bool _stopping;

    /// <summary>Listens on a free port.</summary>
    /// <param name="tape">What it sends.</param>
    /// <param name="certificate">Its certificate for TLS, the caller's; null: clear text.</param>
    public WireVenue(DiffTape tape, X509Certificate2? certificate)
    {
        _certificate = certificate;
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

    /// <summary>The websocket's address.</summary>
    public Uri Socket => Address("ws");

    /// <summary>The REST address.</summary>
    public Uri Rest => Address("http");

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
        subscriber.Write(_message);
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
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException
                or InvalidOperationException or AuthenticationException)
            {
                // A client that went away, or the end: who waits for books to become live reports what is missing.
            }
        }
    }

    private Uri Address(string scheme) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{scheme}{(_certificate is null ? "" : "s")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));

    private void Serve(Socket socket)
    {
        socket.NoDelay = true;
        socket.ReceiveTimeout = 5_000;
        var stream = Secure(new NetworkStream(socket, ownsSocket: true));
        var (target, headers) = ReadRequest(stream);
        if (headers.TryGetValue("sec-websocket-key", out var key))
        {
            SendText(
                stream,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + $"Sec-WebSocket-Accept: {UpgradeKey.Of(key).Accept()}\r\n\r\n");
            _subscriber = stream;
            return;
        }

        using (stream)
        {
            var body = target.StartsWith("/api/v3/depth", StringComparison.Ordinal)
                ? Encoding.ASCII.GetString(_tape.Snapshot)
                : Instruments;
            SendText(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n{body}"));
            socket.Shutdown(SocketShutdown.Send);
        }
    }

    private Stream Secure(NetworkStream plain)
    {
        if (_certificate is null)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        tls.AuthenticateAsServer(_certificate);
        return tls;
    }

    private static (string Target, Dictionary<string, string> Headers) ReadRequest(Stream stream)
    {
        var buffer = new byte[RequestBytesMax];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = length == buffer.Length ? 0 : stream.Read(buffer.AsSpan(length));
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

    private static void SendText(Stream stream, string text) => stream.Write(Encoding.ASCII.GetBytes(text));
}
