using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary><c>["61737.63000000","0.00000000"]</c></summary>
[Engine.HotPath]
internal readonly struct QuotedRow : IRowShape
{
    public static int WordBytes => 4;

    public static int OpenBytes => 2;

    public static int MiddleBytes => 3;

    public static int CloseBytes => 2;

    public static byte PriceEnd => (byte)'"';

    public static byte QuantityEnd => (byte)'"';

    public static bool IsBare => false;

    public static bool OpensAt(ref readonly byte at) => Unsafe.ReadUnaligned<ushort>(in at) == 0x225B;   // ["

    public static bool MiddleAt(ref readonly byte at) =>
        (Unsafe.ReadUnaligned<uint>(in at) & 0xFF_FFFF) == 0x22_2C22;   // ","

    public static bool ClosesAt(ref readonly byte at) => Unsafe.ReadUnaligned<ushort>(in at) == 0x5D22;   // "]

    public static (int PriceLength, int QuantityEnd) Measure(Vector256<byte> text)
    {
        // The first quote ends the price, the second begins the quantity, the third ends it.
        var quotes = Vector256.Equals(text, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        var fromSecond = quotes & (quotes - 1);
        return (
            BitOperations.TrailingZeroCount(quotes),
            BitOperations.TrailingZeroCount(fromSecond & (fromSecond - 1)));
    }
}
