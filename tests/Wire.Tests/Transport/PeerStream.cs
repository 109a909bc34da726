using System;
using System.Buffers.Binary;
using System.IO;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace LowLatencyQuoter.Wire.Tests.Transport;

/// <summary>
/// The peer's end of a connection: bytes, and just enough HTTP and framing, written without the code under test.
/// </summary>
internal sealed class PeerStream(Stream stream, Socket socket)
{
    public Socket Socket => socket;

    public void Send(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    public void Send(string latin1) => Send(Encoding.Latin1.GetBytes(latin1));

    /// <summary>Sends until all is gone or the other side does not want more; false for that.</summary>
    public bool SendUntilRefused(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Send(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Sends in pieces of so many bytes, each in a segment of its own as far as the kernel lets it.</summary>
    public void SendChopped(ReadOnlySpan<byte> bytes, int size)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(size, bytes.Length)..])
        {
            stream.Write(bytes[..Math.Min(size, bytes.Length)]);
            stream.Flush();
        }
    }

    /// <summary>Exactly so many bytes.</summary>
    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Everything until the other side ends its stream or resets it.</summary>
    public int ReadToEnd()
    {
        var buffer = new byte[16 * 1024];
        var total = 0;
        try
        {
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                total += count;
            }
        }
        catch (IOException)
        {
            // a reset ends a stream too
        }

        return total;
    }

    /// <summary>The head of the client's request, blank line included.</summary>
    public string ReadRequest()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)Read(1)[0]);
        }

        return head.ToString();
    }

    /// <summary>
    /// Reads the request and agrees to the upgrade and to extensions; further bytes go out with the answer.
    /// </summary>
    public string Upgrade(byte[]? further = null, string extensions = "")
    {
        var request = ReadRequest();
        var agreed = extensions.Length == 0 ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n";
        var answer = Encoding.Latin1.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            $"Sec-WebSocket-Accept: {AcceptOf(request)}\r\n{agreed}\r\n");
        Send([.. answer, .. further ?? []]);
        return request;
    }

    public static string AcceptOf(string request)
    {
        const string Name = "Sec-WebSocket-Key: ";
        var start = request.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        var key = request[start..request.IndexOf('\r', start)];
#pragma warning disable CA5350 // the protocol says SHA-1
        return Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
    }

    /// <summary>One frame of the client, unmasked; null at the end of the stream.</summary>
    public PeerFrame? ReadFrame()
    {
        var first = new byte[1];
        if (stream.Read(first) == 0)
        {
            return null;
        }

        var second = Read(1)[0];
        var length = (second & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(Read(2)),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(Read(8)),
            var small => small,
        };
        var isMasked = (second & 0x80) != 0;
        var key = isMasked ? Read(4) : new byte[4];
        var payload = Read(length);
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] ^= key[i % 4];
        }

        return new PeerFrame(first[0], isMasked, payload);
    }
}
