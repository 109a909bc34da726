namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>What the decimal digits of a venue's numbers say about their precision.</summary>
public enum ScaleSource : byte
{
    /// <summary>Trailing zeros are padding: only digits that are not zero count.</summary>
    SignificantDigits,

    /// <summary>
    /// Numbers are always printed at the declared precision: every digit counts (Kraken; its checksum needs it).
    /// </summary>
    WrittenDigits,

    /// <summary>
    /// As <see cref="SignificantDigits"/>, and every number is printed as the shortest text that says it: the venue's
    /// checksum is over that text, and what is spelled otherwise is noted (OKX).
    /// </summary>
    ShortestText,

    /// <summary>
    /// As <see cref="ShortestText"/>, of JSON numbers as JavaScript prints them: with an exponent below a millionth
    /// (Bitfinex).
    /// </summary>
    ShortestNumber,
}
