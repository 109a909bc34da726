using System;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>
/// Subscribes on a bare socket and throws away what comes, on a thread of its own and without allocating: what is
/// measured beside it is the server's. Its flow-control windows are as large as HTTP/2 allows.
/// </summary>
internal sealed class DrainingClient : IDisposable
{
    private const int FrameHeaderBytes = 9;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte WindowUpdate = 8;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly Thread _reader;
    private long _bytes;

    public DrainingClient(int port, int streams, string path = GrpcTestClient.BookSummary, byte[]? message = null)
    {
        _socket.Connect("127.0.0.1", port);
        _socket.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        Send(Settings, 0, 0, [0, 4, 0x7F, 0xFF, 0xFF, 0xFF]);                  // INITIAL_WINDOW_SIZE
        Send(WindowUpdate, 0, 0, [0x7F, 0xFF, 0, 0]);
        var request = Hpack(
            (":method", "POST"), (":scheme", "http"), (":authority", "localhost"),
            (":path", path), ("content-type", "application/grpc"), ("te", "trailers"));
        for (var stream = 1; stream < 2 * streams; stream += 2)
        {
            Send(Headers, EndHeaders, stream, request);
            Send(Data, EndStream, stream, GrpcTestClient.Frame(message ?? []));
        }

        _reader = new Thread(Drain) { IsBackground = true, Name = "drain" };
        _reader.Start();
    }

    /// <summary>Bytes received so far.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Dispose()
    {
        _socket.Close(0);
        _reader.Join();
    }

    private static byte[] Hpack(params (string Name, string Value)[] headers)
    {
        var block = new System.IO.MemoryStream();
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

    private void Send(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[FrameHeaderBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, FrameHeaderBytes);
        _socket.Send(frame);
    }

    private void Drain()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (var read = _socket.Receive(buffer); read != 0; read = _socket.Receive(buffer))
            {
                Volatile.Write(ref _bytes, _bytes + read);
            }
        }
        catch (SocketException)
        {
            // closed by Dispose
        }
        catch (ObjectDisposedException)
        {
            // closed by Dispose
        }
    }
}
