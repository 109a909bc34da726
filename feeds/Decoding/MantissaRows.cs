using System;
using System.Buffers.Binary;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Levels of one side as a binary message has them: rows of equal length that begin with two 64-bit numbers, little
/// endian, price and quantity, each to be multiplied by a power of ten that the message states once.
/// </summary>
[Engine.HotPath]
internal readonly ref struct MantissaRows
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _length;

    /// <summary>Takes the bytes of <paramref name="count"/> rows.</summary>
    /// <param name="bytes">All of the rows, count times length bytes.</param>
    /// <param name="length">Bytes of a row, at least 16 unless there is none.</param>
    /// <param name="count">Rows there are.</param>
    public MantissaRows(ReadOnlySpan<byte> bytes, int length, int count)
    {
        _bytes = bytes;
        _length = length;
        Count = count;
    }

    /// <summary>Rows there are.</summary>
    public int Count { get; }

    /// <summary>The numbers of a row.</summary>
    public void Read(int row, out long price, out long quantity)
    {
        var bytes = _bytes.Slice(row * _length, 2 * sizeof(long));
        price = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        quantity = BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]);
    }

    /// <summary>The powers of ten of a message.</summary>
    /// <param name="Price">That of prices.</param>
    /// <param name="Quantity">That of quantities.</param>
    public readonly record struct Exponents(sbyte Price, sbyte Quantity);
}
