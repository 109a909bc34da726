using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Feeds.Samples;
using LowLatencyQuoter.Wire.WebSocket.Frames;
using LowLatencyQuoter.Wire.WebSocket.Upgrade;

namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>
/// A websocket server on loopback for one client, which asks for the frames of some days: what the websocket client
/// reads before the venues are connected. A request is a message of two bytes, the day and the number of the frame,
/// from 1; 0 asks for all. A single frame is sent behind a ping. Threads: its own one; disposed by any.
/// </summary>
internal sealed class LoopbackVenue : IDisposable
{
    private const int RequestBytesMax = 8_192;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private const int MaskBytes = 4;
    private static readonly byte[] Ping = [0x80 | (byte)OpCode.Ping, 0];
    private readonly byte[][][] _days;
    private readonly X509Certificate2? _certificate;
    private readonly Thread _thread;
    private Socket? _socket;
    private volatile bool _stop;

    /// <summary>Listens; the client may connect at once.</summary>
    /// <param name="days">What can be asked for, at most 127 days.</param>
    /// <param name="isSecure">True for TLS, with a certificate that lives as long as this object.</param>
    public LoopbackVenue(IReadOnlyList<SampleDay> days, bool isSecure)
    {
        _days = new byte[days.Count][][];
        for (var day = 0; day < _days.Length; day++)
        {
            _days[day] = Frames(days[day]);
        }

        _certificate = isSecure ? LoopbackCertificate.Make() : null;
        _listener.Start(1);
        var scheme = isSecure ? "wss" : "ws";
        Address = new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        Roots = _certificate is null ? null : [X509CertificateLoader.LoadCertificate(_certificate.RawData)];
        _thread = new Thread(Run) { Name = "warm-up-venue", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where it is reached.</summary>
    public Uri Address { get; }

    /// <summary>What to trust; null without TLS.</summary>
    public X509Certificate2Collection? Roots { get; }

    /// <summary>Why nothing more is sent, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop = true;
        _listener.Stop();
        _socket?.Dispose();
        _thread.Join();
        _certificate?.Dispose();
        Roots?[0].Dispose();
    }

    private void Run()
    {
        try
        {
            using var socket = _listener.AcceptSocket();
            _socket = socket;
            using var plain = new NetworkStream(socket);
            using var stream = Secure(plain);
            Upgrade(stream);
            Span<byte> payload = stackalloc byte[125];
            while (!_stop)
            {
                if (ReadFrame(stream, payload) == OpCode.Text)
                {
                    Answer(stream, _days[payload[0]], payload[1]);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException
            or AuthenticationException)
        {
            Failure = e;   // the client is gone, as it is at the end; who still reads sees why nothing comes
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

    private static void Upgrade(Stream stream)
    {
        var request = new byte[RequestBytesMax];
        var length = 0;
        while (!request.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var count = stream.Read(request, length, request.Length - length);
            if (count == 0)
            {
                throw new IOException("the upgrade request ended early");
            }

            length += count;
        }

        const string Name = "Sec-WebSocket-Key:";
        foreach (var line in Encoding.ASCII.GetString(request, 0, length).Split("\r\n"))
        {
            if (line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
            {
                var accept = UpgradeKey.Of(line[Name.Length..].Trim()).Accept();
                stream.Write(Encoding.ASCII.GetBytes(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + $"Sec-WebSocket-Accept: {accept}\r\n\r\n"));
                return;
            }
        }

        throw new IOException("the upgrade request has no key");
    }

    private static void Answer(Stream stream, byte[][] frames, int number)
    {
        if (number != 0)
        {
            stream.Write(Ping);
            stream.Write(frames[number - 1]);
            return;
        }

        stream.Write(Joined(frames));
    }

    private static byte[] Joined(byte[][] frames)
    {
        using var bytes = new MemoryStream();
        foreach (var frame in frames)
        {
            bytes.Write(frame);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads a client's short frame, which is masked.</summary>
    private static OpCode ReadFrame(Stream stream, Span<byte> payload)
    {
        Span<byte> head = stackalloc byte[2 + MaskBytes];
        stream.ReadExactly(head);
        var body = payload[..(head[1] & 0x7F)];
        stream.ReadExactly(body);
        for (var index = 0; index < body.Length; index++)
        {
            body[index] ^= head[2 + (index % MaskBytes)];
        }

        return (OpCode)(head[0] & 0xF);
    }

    /// <summary>A day as frames of a server; the first message in two fragments.</summary>
    private static byte[][] Frames(SampleDay day)
    {
        var frames = new List<byte[]>();
        foreach (var step in day.Steps)
        {
            if (step.IsRestSnapshot)
            {
                continue;
            }

            using var bytes = new MemoryStream();
            var isFirst = frames.Count == 0;
            var half = isFirst ? step.Bytes.Length / 2 : 0;
            var kind = step.IsBinary ? OpCode.Binary : OpCode.Text;
            if (isFirst)
            {
                WriteFrame(bytes, kind, false, step.Bytes.AsSpan(0, half));
            }

            WriteFrame(bytes, isFirst ? OpCode.Continuation : kind, true, step.Bytes.AsSpan(half));
            frames.Add(bytes.ToArray());
        }

        return [.. frames];
    }

    private static void WriteFrame(MemoryStream bytes, OpCode opCode, bool isFinal, ReadOnlySpan<byte> payload)
    {
        bytes.WriteByte((byte)((isFinal ? 0x80 : 0) | (byte)opCode));
        if (payload.Length < 126)
        {
            bytes.WriteByte((byte)payload.Length);
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            bytes.Write([126, (byte)(payload.Length >> 8), (byte)payload.Length]);
        }
        else
        {
            bytes.Write([127, 0, 0, 0, 0]);
            bytes.Write(
            [
                (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8),
                (byte)payload.Length,
            ]);
        }

        bytes.Write(payload);
    }
}
