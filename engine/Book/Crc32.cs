using System;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>CRC-32 as in zlib (IEEE, reflected, polynomial 0xEDB88320), byte by byte from one table.</summary>
[HotPath]
public struct Crc32
{
    private static readonly uint[] Table = MakeTable();
    private uint _state;

    /// <summary>Starts a new checksum.</summary>
    public static Crc32 Begin() => new() { _state = 0xFFFF_FFFF };

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => ~_state;

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        var table = Table;
        foreach (var value in bytes)
        {
            state = table[(byte)(state ^ value)] ^ (state >> 8);
        }

        _state = state;
    }

    /// <summary>
    /// Adds the decimal digits of a number that is 0 or positive; 0 adds nothing, as all its digits are leading zeros.
    /// </summary>
    public void AppendDigits(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        var at = digits.Length;
        for (var rest = (ulong)value; rest != 0; rest /= 10)
        {
            digits[--at] = (byte)('0' + (rest % 10));
        }

        Append(digits[at..]);
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var index = 0u; index < 256; index++)
        {
            var value = index;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1;
            }

            table[index] = value;
        }

        return table;
    }
}
