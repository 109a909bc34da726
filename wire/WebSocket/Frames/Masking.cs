using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Wire.WebSocket.Frames;

/// <summary>
/// RFC 6455 section 5.3: byte i of the payload is XORed with byte i modulo 4 of the key; twice gives it back.
/// </summary>
[HotPath]
public static class Masking
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 4;

    /// <summary>Masks or unmasks from one place to another, or in place.</summary>
    /// <param name="source">Payload, or a part of it.</param>
    /// <param name="target">As long as the source; the same span or one that does not overlap it.</param>
    /// <param name="key">Four bytes.</param>
    /// <param name="offset">Where in the payload the part starts; 0 or more.</param>
    public static void Apply(ReadOnlySpan<byte> source, Span<byte> target, ReadOnlySpan<byte> key, int offset = 0)
    {
        target = target[..source.Length];
        Span<byte> turned = stackalloc byte[KeyBytes];   // the key as the first byte of this part meets it
        for (var i = 0; i < KeyBytes; i++)
        {
            turned[i] = key[(offset + i) & (KeyBytes - 1)];
        }

        // Every vector is a multiple of four bytes long, so the turned key fits each of them without further turning.
        var done = 0;
        var keys = Vector.AsVectorByte(new Vector<uint>(MemoryMarshal.Read<uint>(turned)));
        for (; source.Length - done >= Vector<byte>.Count; done += Vector<byte>.Count)
        {
            (new Vector<byte>(source[done..]) ^ keys).CopyTo(target[done..]);
        }

        for (; done < source.Length; done++)
        {
            target[done] = (byte)(source[done] ^ turned[done & (KeyBytes - 1)]);
        }
    }
}
