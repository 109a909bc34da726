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
}
