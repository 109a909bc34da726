using System;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Bitfinex's book checksum (websocket v2, "Checksum"): CRC-32 of up to 25 levels a side by turns, as
/// <c>bidPrice:bidAmount:askPrice:askAmount:...</c>, where amounts of asks are negative; a side that is shorter is left
/// out. Numbers are the JSON text that the venue sent, which is what JavaScript prints, exponents included; the scaled
/// integers give it again, and readers of the feed make sure of that, see
/// <see cref="Events.ChecksumAlgorithm.NotComparable"/>.
/// </summary>
[HotPath]
public static class InterleavedNumbersChecksum
{
    private const int Levels = 25;
    private const int LevelBytes = (2 * (ScaledNumber.MaxBytes + 1)) + 1;

    /// <summary>Computes it.</summary>
    public static uint Compute<TBids, TAsks>(ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide>
    {
        var crc = Crc32.Begin();
        var bid = book.Bids.First;
        var ask = book.Asks.First;
        Span<byte> text = stackalloc byte[2 * LevelBytes];
        for (var rank = 0; rank < Levels; rank++)
        {
            var bytes = 0;
            if (book.Bids.TryNext(ref bid, out var level))
            {
                bytes += Write(text, level, book.PriceScale, book.QuantityScale, isAsk: false);
            }

            if (book.Asks.TryNext(ref ask, out level))
            {
                bytes += Write(text[bytes..], level, book.PriceScale, book.QuantityScale, isAsk: true);
            }

            if (bytes == 0)
            {
                break;
            }

            // Each level is written with a colon before it; the first one is not part of the text.
            crc.Append(rank == 0 ? text[1..bytes] : text[..bytes]);
        }

        return crc.Value;
    }

    private static int Write(Span<byte> text, Level level, int priceScale, int quantityScale, bool isAsk)
    {
        text[0] = (byte)':';
        var bytes = 1 + ScaledNumber.Write(text[1..], level.Price, priceScale);
        text[bytes++] = (byte)':';
        if (isAsk)
        {
            text[bytes++] = (byte)'-';
        }

        return bytes + ScaledNumber.Write(text[bytes..], level.Quantity, quantityScale);
    }
}
