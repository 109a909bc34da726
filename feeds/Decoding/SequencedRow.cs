using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// <c>["242.649","5","1613277183889"]</c>: stripped numbers, and a sequence of 1 to 15 digits that is not looked at. A
/// price of zero is no level.
/// </summary>
[Engine.HotPath]
internal readonly struct SequencedRow : IRowShape
{
    /// <summary>Closing of the quantity, 16 bytes of sequence, and the bracket behind them.</summary>
    public static int WordBytes => 24;

    public static int OpenBytes => QuotedRow.OpenBytes;

    public static int MiddleBytes => QuotedRow.MiddleBytes;

    public static int CloseBytes => 3;

    public static byte PriceEnd => QuotedRow.PriceEnd;

    public static byte QuantityEnd => QuotedRow.QuantityEnd;

    public static bool IsBare => false;

    public static bool IsStripped => true;

    public static bool HasTail => true;

    public static bool PassesZeroPrices => true;

    public static bool OpensAt(ref readonly byte at) => QuotedRow.OpensAt(in at);

    public static bool MiddleAt(ref readonly byte at) => QuotedRow.MiddleAt(in at);

    /// <summary>The sequence opens as the quantity does.</summary>
    public static bool ClosesAt(ref readonly byte at) => QuotedRow.MiddleAt(in at);

    /// <summary>The digits of the sequence up to the first other byte, which has to be the quote and bracket.</summary>
    public static int TailBytes(ref readonly byte at)
    {
        var digits = Vector128.LoadUnsafe(in at) - Vector128.Create((byte)'0');
        var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        var count = BitOperations.TrailingZeroCount(others | (1u << Vector128<byte>.Count));
        return count is 0 or 16 || !QuotedRow.ClosesAt(in Unsafe.Add(ref Unsafe.AsRef(in at), count)) ? -1 : count + 2;
    }

    public static (int PriceLength, int QuantityEnd) Measure(Vector256<byte> text) => QuotedRow.Measure(text);
}
