using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

/// <summary>Frames as a server writes them, well formed or not; independent of the code under test.</summary>
internal static class ServerFrames
{
    public static byte[] Frame(int opCode, byte[] payload, bool fin = true, int reserved = 0)
    {
        var header = new List<byte> { (byte)((fin ? 0x80 : 0) | (reserved << 4) | opCode) };
        switch (payload.Length)
        {
            case < 126:
                header.Add((byte)payload.Length);
                break;
            case < 0x10000:
                header.AddRange([126, (byte)(payload.Length >> 8), (byte)payload.Length]);
                break;
            default:
                var length = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
                header.Add(127);
                header.AddRange(length);
                break;
        }

        return [.. header, .. payload];
    }

    public static byte[] TextOf(string text, bool fin = true) => Frame(1, Encoding.UTF8.GetBytes(text), fin);

    public static byte[] TextOf(byte[] bytes, bool fin = true) => Frame(1, bytes, fin);

    public static byte[] Binary(byte[] bytes, bool fin = true) => Frame(2, bytes, fin);

    public static byte[] More(string text, bool fin = true) => Frame(0, Encoding.UTF8.GetBytes(text), fin);

    public static byte[] More(byte[] bytes, bool fin = true) => Frame(0, bytes, fin);

    public static byte[] Ping(string payload = "") => Frame(9, Encoding.UTF8.GetBytes(payload));

    public static byte[] Pong(string payload = "") => Frame(10, Encoding.UTF8.GetBytes(payload));

    public static byte[] Close(int code, string reason = "") =>
        Frame(8, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);

    public static byte[] Join(params byte[][] parts) => parts.SelectMany(part => part).ToArray();

    /// <summary>
    /// A message in frames of so many bytes, one array each. Of a compressed one the first frame alone says so.
    /// </summary>
    public static byte[][] Fragments(int opCode, byte[] payload, int size, bool isCompressed = false)
    {
        var parts = payload.Length == 0 ? [[]] : payload.Chunk(size).ToArray();
        return [.. parts.Select((part, i) => Frame(
            i == 0 ? opCode : 0, part, fin: i == parts.Length - 1, reserved: i == 0 && isCompressed ? 4 : 0))];
    }

    /// <summary>So many bytes that differ from their neighbors and are ASCII.</summary>
    public static byte[] Filler(int count) =>
        Enumerable.Range(0, count).Select(i => (byte)('a' + (i % 23))).ToArray();

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
