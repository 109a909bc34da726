using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// How a venue prints one level of a list that holds both sides when it prints it as usual: <c>open price middle
/// quantity close</c>, where the side stands in the opening. Numbers are in quotes. A row is measured by the quotes in
/// 64 bytes of it.
/// </summary>
internal interface ISidedRowShape
{
    /// <summary>
    /// True when trailing zeros are left out, so that the count of decimals changes from number to number.
    /// </summary>
    static abstract bool IsStripped { get; }

    /// <summary>Bytes between price and quantity.</summary>
    static abstract int MiddleBytes { get; }

    /// <summary>Bytes behind the quantity.</summary>
    static abstract int CloseBytes { get; }

    /// <summary>Reads the opening; false when it is not as usual.</summary>
    /// <param name="at">Where the row begins.</param>
    /// <param name="left">Bytes of the frame from there on; no more may be read.</param>
    /// <param name="guess">Kept from row to row: what the shape expects of the next one; 0 at first.</param>
    /// <param name="from">Where the 64 bytes begin, from the row's beginning.</param>
    /// <param name="ask">1 for an ask, 0 for a bid.</param>
    static abstract bool TryOpen(ref readonly byte at, int left, ref int guess, out int from, out int ask);

    /// <summary>Where the numbers stand in the 64 bytes; 64 for what is not found.</summary>
    /// <param name="quotes">A bit for each quote.</param>
    /// <param name="ask">1 for an ask, 0 for a bid.</param>
    /// <param name="price">Where the price begins.</param>
    /// <param name="priceEnd">Where its quote stands.</param>
    /// <param name="quantityEnd">Where the quantity's quote stands.</param>
    static abstract void Measure(ulong quotes, int ask, out int price, out int priceEnd, out int quantityEnd);

    /// <summary>True when the middle of a row stands here; that many bytes can be read, and one more.</summary>
    static abstract bool MiddleAt(ref readonly byte at);

    /// <summary>True when a row closes here; that many bytes can be read.</summary>
    static abstract bool ClosesAt(ref readonly byte at);

    /// <summary>
    /// Reads rows as long as they can be read without a closer look; none where the shape knows no such way.
    /// </summary>
    /// <param name="bytes">The frame; 16 bytes before the first row can be read.</param>
    /// <param name="position">Where the first row begins.</param>
    /// <param name="end">Where the frame ends.</param>
    /// <param name="first">The first level of the message.</param>
    /// <param name="bids">Bids that are there.</param>
    /// <param name="asks">Asks that are there.</param>
    /// <param name="priceScale">Digits behind the point that the book keeps, at most 14.</param>
    /// <param name="quantityScale">The same of quantities.</param>
    /// <param name="newBids">Bids that were read.</param>
    /// <param name="newAsks">Asks that were read.</param>
    /// <returns>Where a row begins that has to be read otherwise.</returns>
    static virtual int ReadAligned(
        ref byte bytes,
        int position,
        int end,
        ref Level first,
        int bids,
        int asks,
        int priceScale,
        int quantityScale,
        out int newBids,
        out int newAsks)
    {
        newBids = 0;
        newAsks = 0;
        return position;
    }
}
