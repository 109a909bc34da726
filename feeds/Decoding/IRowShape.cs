using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// How a venue prints one level when it prints it as usual: <c>open price middle quantity close</c>. The three tests
/// may read up to <see cref="WordBytes"/> bytes; the caller makes sure that they are there.
/// </summary>
internal interface IRowShape
{
    /// <summary>Bytes that a test may read.</summary>
    static abstract int WordBytes { get; }

    /// <summary>Bytes before the price.</summary>
    static abstract int OpenBytes { get; }

    /// <summary>Bytes between price and quantity.</summary>
    static abstract int MiddleBytes { get; }

    /// <summary>Bytes behind the quantity, or the first of them where a row has a tail.</summary>
    static abstract int CloseBytes { get; }

    /// <summary>The byte that ends a price.</summary>
    static abstract byte PriceEnd { get; }

    /// <summary>The byte that ends a quantity.</summary>
    static abstract byte QuantityEnd { get; }

    /// <summary>True when numbers are bare JSON, so that a leading zero is not allowed.</summary>
    static abstract bool IsBare { get; }

    /// <summary>
    /// True when trailing zeros are left out, so that the count of decimals changes from number to number and whole
    /// numbers have no point.
    /// </summary>
    static virtual bool IsStripped => false;

    /// <summary>
    /// True when digits stand behind <see cref="CloseBytes"/>, and a quote and a bracket behind those; else the row
    /// ends with a quote and a bracket.
    /// </summary>
    static virtual bool HasTail => false;

    /// <summary>True when a row whose price is zero says nothing of a level and is passed over.</summary>
    static virtual bool PassesZeroPrices => false;

    /// <summary>True when a row opens here.</summary>
    static abstract bool OpensAt(ref readonly byte at);

    /// <summary>True when the middle of a row stands here.</summary>
    static abstract bool MiddleAt(ref readonly byte at);

    /// <summary>True when a row closes here.</summary>
    static abstract bool ClosesAt(ref readonly byte at);

    /// <summary>Bytes of the row behind <see cref="CloseBytes"/>; negative when they are not as usual.</summary>
    static virtual int TailBytes(ref readonly byte at) => 0;

    /// <summary>
    /// Where the numbers end in the 32 bytes from the price's start: count of bytes of the price, and offset of the
    /// quantity's end; 32 for what is not found.
    /// </summary>
    static abstract (int PriceLength, int QuantityEnd) Measure(Vector256<byte> text);
}
