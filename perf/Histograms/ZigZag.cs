using System;
using System.IO;

namespace LowLatencyQuoter.Perf.Histograms;

/// <summary>
/// Signed integers of varying length as HdrHistogram's V2 encoding has them: zigzag, then seven bits a byte from the
/// low end, with the top bit while more follow; a ninth byte carries eight bits, so that nine bytes hold 64.
/// </summary>
internal static class ZigZag
{
    /// <summary>Bytes of the longest integer.</summary>
    public const int MaxBytes = 9;

    /// <summary>Writes an integer; returns the count of bytes.</summary>
    public static int Write(Span<byte> target, long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var length = 0;
        while (length < MaxBytes - 1 && rest >= 0x80)
        {
            target[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        target[length++] = (byte)rest;
        return length;
    }

    /// <summary>Reads the integer at <paramref name="offset"/> and moves on behind it.</summary>
    /// <exception cref="InvalidDataException">The bytes end inside of it.</exception>
    public static long Read(ReadOnlySpan<byte> source, ref int offset)
    {
        var raw = 0UL;
        for (var part = 0; ; part++)
        {
            if (offset >= source.Length)
            {
                throw new InvalidDataException("the histogram's payload ends inside of a count: the log is cut off");
            }

            ulong next = source[offset++];
            if (part == MaxBytes - 1 || next < 0x80)
            {
                raw |= next << (7 * part);
                return (long)(raw >> 1) ^ -(long)(raw & 1);
            }

            raw |= (next & 0x7f) << (7 * part);
        }
    }
}
