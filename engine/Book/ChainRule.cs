namespace LowLatencyQuoter.Engine.Book;

/// <summary>How a venue numbers its updates, and so what proves that none is missing.</summary>
public enum ChainRule : byte
{
    /// <summary>
    /// No numbers: the snapshot on the socket, then every update (Kraken; a checksum proves the book).
    /// </summary>
    None = 0,

    /// <summary>
    /// First and last id a message, each first id the last one plus 1; the first message after the snapshot straddles
    /// it (Binance: U &lt;= L+1 &lt;= u).
    /// </summary>
    Contiguous = 1,

    /// <summary>
    /// One rising number a message; what is not above the snapshot's is old (Bitstamp: microtimestamp).
    /// </summary>
    Rising = 2,

    /// <summary>
    /// Each message states the id of the one before it in place of a first id, and its own; ids jump, and may fall
    /// after the venue's maintenance (OKX: prevSeqId, seqId). Where ids are missing the chain cannot be checked.
    /// </summary>
    Linked = 3,

    /// <summary>
    /// One number a message, each the last one plus 1; only the last one may be repeated (Bybit: u).
    /// </summary>
    Successive = 4,

    /// <summary>
    /// As <see cref="Contiguous"/> up to the first update behind a snapshot; from then on each first id is exactly the
    /// last one plus 1, and a message that comes again breaks the chain too (Gate).
    /// </summary>
    Consecutive = 5,
}
