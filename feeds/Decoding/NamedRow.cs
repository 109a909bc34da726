using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary><c>{"price":63005.0,"qty":2.08665551}</c></summary>
[Engine.HotPath]
internal readonly struct NamedRow : IRowShape
{
    public static int WordBytes => 8;

    public static int OpenBytes => 9;

    public static int MiddleBytes => 7;

    public static int CloseBytes => 1;

    public static byte PriceEnd => (byte)',';

    public static byte QuantityEnd => (byte)'}';

    public static bool IsBare => true;

    public static bool OpensAt(ref readonly byte at) =>
        Unsafe.ReadUnaligned<ulong>(in at) == 0x2265_6369_7270_227B   // {"price"
        && Unsafe.Add(ref Unsafe.AsRef(in at), 8) == (byte)':';

    public static bool MiddleAt(ref readonly byte at) =>
        (Unsafe.ReadUnaligned<ulong>(in at) & 0xFF_FFFF_FFFF_FFFF) == 0x3A_2279_7471_222C;   // ,"qty":

    public static bool ClosesAt(ref readonly byte at) => at == (byte)'}';

    public static (int PriceLength, int QuantityEnd) Measure(Vector256<byte> text) =>
        (BitOperations.TrailingZeroCount(
                Vector256.Equals(text, Vector256.Create((byte)',')).ExtractMostSignificantBits()),
            BitOperations.TrailingZeroCount(
                Vector256.Equals(text, Vector256.Create((byte)'}')).ExtractMostSignificantBits()));
}
