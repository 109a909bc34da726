using System;
using System.Buffers.Binary;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>
/// The binary diff stream of Binance read with <see cref="BinaryPrimitives"/>, as a careful C# user would; its numbers
/// have <see cref="DepthUpdate.Scale"/> digits on the wire already.
/// </summary>
internal readonly struct PrimitivesBinanceSbe : IUtf8Dialect
{
    private const int HeaderBytes = 8;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        if (BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]) != 10_003
            || BinaryPrimitives.ReadUInt16LittleEndian(frame[4..]) != 1)
        {
            return false;
        }

        var block = frame[HeaderBytes..];
        update.VenueTime = BinaryPrimitives.ReadInt64LittleEndian(block);
        update.FirstUpdateId = BinaryPrimitives.ReadInt64LittleEndian(block[8..]);
        update.LastUpdateId = BinaryPrimitives.ReadInt64LittleEndian(block[16..]);
        if ((sbyte)block[24] != -DepthUpdate.Scale || (sbyte)block[25] != -DepthUpdate.Scale)
        {
            return false;
        }

        var rest = block[BinaryPrimitives.ReadUInt16LittleEndian(frame)..];
        update.BidCount = Read(ref rest, update.Bids);
        update.AskCount = Read(ref rest, update.Asks);
        return rest[0] == symbol.Length && rest[1..].SequenceEqual(symbol);
    }

    private static int Read(ref ReadOnlySpan<byte> rest, Level[] levels)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
        rest = rest[4..];
        for (var row = 0; row < count; row++)
        {
            levels[row] = new Level(
                BinaryPrimitives.ReadInt64LittleEndian(rest), BinaryPrimitives.ReadInt64LittleEndian(rest[8..]));
            rest = rest[length..];
        }

        return count;
    }
}
