namespace LowLatencyQuoter.Engine.Events;

/// <summary>Ways in which venues compute a checksum over a book. The numeric values are part of the journal.</summary>
public enum ChecksumAlgorithm : byte
{
    /// <summary>The message carries none.</summary>
    None = 0,

    /// <summary>
    /// Unsigned CRC-32 over the ten best asks, then the ten best bids, of each the digits of price and quantity without
    /// point and leading zeros (Kraken v2).
    /// </summary>
    CrcOfTenLevelDigits = 1,

    /// <summary>
    /// CRC-32 over up to 25 levels a side by turns, best bid, best ask, second bid and so on, of each price and
    /// quantity as the shortest decimal text, all joined with colons; a side that is shorter is left out (OKX).
    /// </summary>
    CrcOfInterleavedText = 2,

    /// <summary>
    /// The message carries a checksum over spellings of numbers that are not kept: it cannot be compared. Counted as
    /// checked and not as matched; the book stays as it is.
    /// </summary>
    NotComparable = 3,

    /// <summary>
    /// As <see cref="CrcOfInterleavedText"/>, of numbers as JavaScript prints them, with exponents below a millionth,
    /// and with amounts of asks negative (Bitfinex).
    /// </summary>
    CrcOfInterleavedNumbers = 4,
}
