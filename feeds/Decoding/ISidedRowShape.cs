namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// How a venue prints one level of a list that holds both sides when it prints it as usual:
/// <c>open price middle quantity close</c>, where the side stands in the opening. Numbers are in quotes, with as many
/// decimals as they need.
/// </summary>
internal interface ISidedRowShape
{
    /// <summary>Bytes between price and quantity.</summary>
    static abstract int MiddleBytes { get; }

    /// <summary>Bytes behind the quantity.</summary>
    static abstract int CloseBytes { get; }

    /// <summary>Reads the opening; false when it is not as usual.</summary>
    /// <param name="at">Where the row begins.</param>
    /// <param name="left">Bytes of the frame from there on; no more may be read.</param>
    /// <param name="openBytes">Bytes before the price.</param>
    /// <param name="ask">1 for an ask, 0 for a bid.</param>
    static abstract bool TryOpen(ref readonly byte at, int left, out int openBytes, out int ask);

    /// <summary>True when the middle of a row stands here; that many bytes can be read, and one more.</summary>
    static abstract bool MiddleAt(ref readonly byte at);

    /// <summary>True when a row closes here; that many bytes can be read.</summary>
    static abstract bool ClosesAt(ref readonly byte at);
}
