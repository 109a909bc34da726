namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Kraken's v2 book checksum (docs.kraken.com, "Checksum (v2)"): CRC-32 of the ten best asks from low to high, then the
/// ten best bids from high to low; of each level price, then quantity, as printed at the pair's declared precision
/// without the point and without leading zeros. On a book whose scales are that precision these are the digits of the
/// scaled integers.
/// </summary>
[HotPath]
public static class TenLevelDigitsChecksum
{
    private const int Levels = 10;

    /// <summary>Computes it; the book's scales must be the precision that the venue declares.</summary>
    public static uint Compute<TBids, TAsks>(ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide>
    {
        var crc = Crc32.Begin();
        Append<AskSide, TAsks>(ref crc, ref book.Asks);
        Append<BidSide, TBids>(ref crc, ref book.Bids);
        return crc.Value;
    }

    private static void Append<TSide, TLevels>(ref Crc32 crc, ref TLevels side)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        var cursor = side.First;
        for (var rank = 0; rank < Levels && side.TryNext(ref cursor, out var level); rank++)
        {
            crc.AppendDigits(level.Price);
            crc.AppendDigits(level.Quantity);
        }
    }
}
