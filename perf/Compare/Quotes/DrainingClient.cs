using System;
using System.Buffers.Binary;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace LowLatencyQuoter.Perf.Compare.Quotes;

/// <summary>
/// Subscribes streams on one bare socket and counts the message bytes that come, on a blocking thread of its own and
/// without allocating: what is measured is the server. Its windows are as large as HTTP/2 allows and are renewed.
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
    private const int RenewAfter = 1 << 28;
    private static readonly byte[] EmptyMessage = [0, 0, 0, 0, 0];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _header = new byte[FrameHeaderBytes];
    private readonly ManualResetEventSlim _reached = new();
    private readonly Thread _reader;
    private readonly int[] _streamBytes;   // since its window was renewed; stream 2n + 1 at n
    private int _headerBytes;
    private int _left;
    private int _stream;
    private bool _isData;
    private int _unrenewed;
    private long _bytes;
    private long _target = long.MaxValue;
    private string? _failure;

    /// <summary>Connects and subscribes.</summary>
    public DrainingClient(int port, string path, int streams)
    {
        _streamBytes = new int[streams];
        _socket.NoDelay = true;
        _socket.Connect("127.0.0.1", port);
        _socket.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        Send(Settings, 0, 0, [0, 4, 0x7F, 0xFF, 0xFF, 0xFF]);   // initial window of a stream
        Renew(0, 0x7FFF0000);
        var request = Hpack(
            (":method", "POST"), (":scheme", "http"), (":authority", "localhost"), (":path", path),
            ("content-type", "application/grpc"), ("te", "trailers"));
        for (var stream = 1; stream < 2 * streams; stream += 2)
        {
            Send(Headers, EndHeaders, stream, request);
            Send(Data, EndStream, stream, EmptyMessage);
        }

        _reader = new Thread(Drain) { IsBackground = true, Name = "drain" };
        _reader.Start();
    }

    /// <summary>Message bytes received so far, prefixes included, over all streams.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Waits until so many bytes were received in all.</summary>
    /// <exception cref="ComparisonException">They do not come.</exception>
    public void WaitFor(long bytes)
    {
        while (Bytes < bytes)
        {
            _reached.Reset();
            Volatile.Write(ref _target, bytes);
            Interlocked.MemoryBarrier();   // the reader looks at the target after it wrote the bytes
            if (Bytes < bytes && !_reached.Wait(TimeSpan.FromSeconds(60)))
            {
                throw new ComparisonException(
                    $"the client received {Bytes} of {bytes} bytes; {_failure ?? "then nothing came"}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Close(0);
        _reader.Join();
        _reached.Dispose();
    }

    private static byte[] Hpack(params (string Name, string Value)[] headers)
    {
        var block = new MemoryStream();
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

    private void Drain()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            for (var read = _socket.Receive(buffer); read != 0; read = _socket.Receive(buffer))
            {
                Take(buffer.AsSpan(0, read));
                if (Bytes >= Volatile.Read(ref _target))
                {
                    Volatile.Write(ref _target, long.MaxValue);
                    _reached.Set();
                }
            }

            _failure = "the server closed the connection";
        }
        catch (SocketException e)
        {
            _failure = e.Message;
        }
        catch (ObjectDisposedException)
        {
            _failure = "the client was closed";
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var received = 0L;
        while (!bytes.IsEmpty)
        {
            if (_left == 0)
            {
                var part = Math.Min(FrameHeaderBytes - _headerBytes, bytes.Length);
                bytes[..part].CopyTo(_header.AsSpan(_headerBytes));
                _headerBytes += part;
                bytes = bytes[part..];
                if (_headerBytes == FrameHeaderBytes)
                {
                    _headerBytes = 0;
                    _left = BinaryPrimitives.ReadInt32BigEndian(_header) >>> 8;
                    _isData = _header[3] == Data;
                    _stream = BinaryPrimitives.ReadInt32BigEndian(_header.AsSpan(5));
                }

                continue;
            }

            var taken = Math.Min(_left, bytes.Length);
            _left -= taken;
            bytes = bytes[taken..];
            if (_isData)
            {
                received += taken;
                _streamBytes[_stream / 2] += taken;
            }
        }

        Volatile.Write(ref _bytes, _bytes + received);
        _unrenewed += (int)received;
        if (_unrenewed >= RenewAfter)
        {
            RenewAll();
        }
    }

    private void RenewAll()
    {
        // by what each has received: a window beyond the largest there is would end the stream
        Renew(0, _unrenewed);
        _unrenewed = 0;
        for (var index = 0; index < _streamBytes.Length; index++)
        {
            if (_streamBytes[index] != 0)
            {
                Renew((2 * index) + 1, _streamBytes[index]);
                _streamBytes[index] = 0;
            }
        }
    }

    private void Renew(int stream, int bytes)
    {
        var payload = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, bytes);
        Send(WindowUpdate, 0, stream, payload);
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
}
