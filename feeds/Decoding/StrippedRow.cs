using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary><c>["111665.3","0.048403"]</c>, <c>["111666","0"]</c>: trailing zeros are left out.</summary>
[Engine.HotPath]
internal readonly struct StrippedRow : IRowShape
{
    public static int WordBytes => QuotedRow.WordBytes;

    public static int OpenBytes => QuotedRow.OpenBytes;

    public static int MiddleBytes => QuotedRow.MiddleBytes;

    public static int CloseBytes => QuotedRow.CloseBytes;

    public static byte PriceEnd => QuotedRow.PriceEnd;

    public static byte QuantityEnd => QuotedRow.QuantityEnd;

    public static bool IsBare => false;

    public static bool IsStripped => true;

    public static bool OpensAt(ref readonly byte at) => QuotedRow.OpensAt(in at);

    public static bool MiddleAt(ref readonly byte at) => QuotedRow.MiddleAt(in at);

    public static bool ClosesAt(ref readonly byte at) => QuotedRow.ClosesAt(in at);

    public static (int PriceLength, int QuantityEnd) Measure(Vector256<byte> text) => QuotedRow.Measure(text);
}
