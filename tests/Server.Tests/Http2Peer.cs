using System;
using System.Buffers.Binary;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>
/// Speaks HTTP/2 frame by frame, so that a test sees and sends what libraries hide. Every read ends in time.
/// </summary>
internal sealed class Http2Peer : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte EndStream = 1;
    public const byte Ack = 1;
    private const byte EndHeaders = 4;
    private const int FrameHeaderBytes = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly TcpClient _socket;
    private readonly NetworkStream _stream;
    private readonly CancellationTokenSource _end = new(Patience);

    private Http2Peer(TcpClient socket)
    {
        _socket = socket;
        _stream = socket.GetStream();
    }

    /// <summary>Connects and says who it is.</summary>
    public static async Task<Http2Peer> ConnectAsync(int port)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        var peer = new Http2Peer(socket);
        await peer._stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await peer.SendAsync(Settings, 0, 0, []);
        return peer;
    }

    /// <summary>Begins a call.</summary>
    public Task BeginAsync(int stream, string path, params (string Name, string Value)[] more) => SendAsync(
        Headers,
        EndHeaders,
        stream,
        Hpack(
        [
            (":method", "POST"), (":scheme", "http"), (":authority", "localhost"), (":path", path),
            ("content-type", "application/grpc"), ("te", "trailers"), .. more,
        ]));

    public async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[FrameHeaderBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, FrameHeaderBytes);
        await _stream.WriteAsync(frame, _end.Token);
    }

    /// <summary>The next frame; null when the server has closed the connection.</summary>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> ReadAsync()
    {
        var header = new byte[FrameHeaderBytes];
        try
        {
            if (await _stream.ReadAtLeastAsync(header, header.Length, false, _end.Token) < header.Length)
            {
                return null;
            }

            var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
            await _stream.ReadExactlyAsync(payload, _end.Token);
            return (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The next frame of a type; what comes before it is dropped.</summary>
    public async Task<(byte Flags, int Stream, byte[] Payload)> ReadAsync(byte type)
    {
        while (await ReadAsync() is { } frame)
        {
            if (frame.Type == type)
            {
                return (frame.Flags, frame.Stream, frame.Payload);
            }
        }

        throw new EndOfStreamException($"the connection was closed before a frame of type {type}");
    }

    public void Dispose()
    {
        _socket.Dispose();
        _end.Dispose();
    }

    private static byte[] Hpack((string Name, string Value)[] headers)
    {
        using var block = new MemoryStream();
        foreach (var (name, value) in headers)
        {
            block.WriteByte(0);   // literal without indexing, new name; lengths below 127, no Huffman code
            block.WriteByte((byte)name.Length);
            block.Write(Encoding.ASCII.GetBytes(name));
            block.WriteByte((byte)value.Length);
            block.Write(Encoding.ASCII.GetBytes(value));
        }

        return block.ToArray();
    }
}
