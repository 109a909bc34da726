using System;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>
/// CRC-32 (IEEE, reflected) of the best 10 asks from low to high, then the best 10 bids from high to low; of each level
/// price, then size, as decimal text at declared precision without its point and leading zeros: the scaled integer.
/// </summary>
internal static class KrakenChecksum
{
    private const int Levels = 10;

    private static readonly uint[] Table = BuildTable();

    /// <summary>The checksum of a book.</summary>
    public static uint Of(SimulatedBook book) => ~Side(Side(uint.MaxValue, book.Asks), book.Bids);

    private static uint Side(uint crc, SimulatedSide side)
    {
        for (var rank = 0; rank < Math.Min(Levels, side.Count); rank++)
        {
            crc = Number(Number(crc, side.TicksAt(rank)), side.LotsAt(rank));
        }

        return crc;
    }

    private static uint Number(uint crc, long value)
    {
        Span<byte> text = stackalloc byte[20];
        System.Buffers.Text.Utf8Formatter.TryFormat(value, text, out var length);
        foreach (var digit in text[..length])
        {
            crc = Table[(byte)(crc ^ digit)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] BuildTable()
    {
        const uint Polynomial = 0xEDB88320;
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            }

            table[i] = value;
        }

        return table;
    }
}
