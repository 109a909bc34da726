using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;

namespace LowLatencyQuoter.Perf.Compare.Sockets;

/// <summary>
/// A websocket server for one connection: upgrades it, then sends text messages of 738 bytes on request, each stamped
/// just before it is sent, and encrypted where there is TLS. Its thread is pinned and spins between messages. Threads:
/// one at a time asks.
/// </summary>
internal sealed class PacedSender : IDisposable
{
    /// <summary>Bytes of a message, those of a Binance diff of 20 levels.</summary>
    public const int MessageBytes = 738;

    /// <summary>Digits of the stamp that a message begins with.</summary>
    public const int StampBytes = 19;

    private const int HeaderBytes = 4;
    private const string AcceptSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly CoreThread _thread;
    private readonly X509Certificate2? _certificate;
    private int _count;
    private long _interval;
    private volatile bool _stop;

    /// <summary>Listens.</summary>
    /// <param name="certificate">Its certificate for TLS, the caller's; null: clear text.</param>
    public PacedSender(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1);
        _thread = CoreThread.Start("sender", CoreThread.Producer, Serve);
    }

    /// <summary>Where to connect to.</summary>
    public Uri Endpoint
    {
        get
        {
            var scheme = _certificate is null ? "ws" : "wss";
            return new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");
        }
    }

    /// <summary>Nanoseconds of the clock that the stamps are of.</summary>
    public static long Nanos() => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    /// <summary>How long a message was under way; it has just been read.</summary>
    public static long Age(ReadOnlySpan<byte> message)
    {
        var now = Nanos();
        return Utf8Parser.TryParse(message[..StampBytes], out long sent, out _) && message.Length == MessageBytes
            ? now - sent
            : throw new ComparisonException($"a message of {message.Length} bytes arrived, not one of {MessageBytes}");
    }

    /// <summary>Sends so many messages, one every interval; 0 for as fast as the socket takes them.</summary>
    public void Send(int count, long intervalNanos)
    {
        _count = count;
        _interval = intervalNanos;
        _wanted.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop = true;
        _wanted.Release();
        _listener.Dispose();
        _thread.Join();
        _wanted.Dispose();
    }

    private void Serve()
    {
        using var stream = Accept();
        if (stream is null)
        {
            return;
        }

        var frame = MakeFrame();
        for (_wanted.Wait(); !_stop; _wanted.Wait())
        {
            SendAll(stream, frame);
        }
    }

    private Stream? Accept()
    {
        try
        {
            var socket = _listener.Accept();
            socket.NoDelay = true;
            var stream = Secure(new NetworkStream(socket, ownsSocket: true));
            Upgrade(stream);
            return stream;
        }
        catch (SocketException) when (_stop)
        {
            return null;   // nobody came
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

    private void SendAll(Stream stream, byte[] frame)
    {
        var due = Nanos();
        for (var index = 0; index < _count && !_stop; index++)
        {
            due += _interval;
            while (Nanos() < due)
            {
                Thread.SpinWait(1);
            }

            Utf8Formatter.TryFormat(Nanos(), frame.AsSpan(HeaderBytes, StampBytes), out _, new('D', StampBytes));
            stream.Write(frame);
        }
    }

    private static byte[] MakeFrame()
    {
        var frame = new byte[HeaderBytes + MessageBytes];
        frame.AsSpan().Fill((byte)'x');
        frame[0] = 0x81;   // a whole text message
        frame[1] = 126;    // its length in the next two bytes
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), MessageBytes);
        return frame;
    }

    private static void Upgrade(Stream stream)
    {
        const string KeyHeader = "Sec-WebSocket-Key:";
        var request = new StringBuilder();
        var buffer = new byte[1_024];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = stream.Read(buffer);
            if (read == 0)
            {
                throw new ComparisonException("the client left during the upgrade");
            }

            request.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        var text = request.ToString();
        var start = text.IndexOf(KeyHeader, StringComparison.OrdinalIgnoreCase) + KeyHeader.Length;
        var key = text[start..text.IndexOf('\r', start)].Trim();
#pragma warning disable CA5350 // the protocol says SHA-1
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSalt)));
#pragma warning restore CA5350
        stream.Write(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
            + $"Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
    }
}
