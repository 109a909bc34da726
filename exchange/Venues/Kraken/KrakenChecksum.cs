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

    /// <summary>The checksum of a book.</summary>
    public static uint Of(SimulatedBook book) => ~Side(Side(Crc32.Start, book.Asks), book.Bids);

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
        return Crc32.Append(crc, text[..length]);
    }
}
