using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary><c>["buy","10101.80","0.162567"]</c>, <c>["sell","10102.55","0.00000000"]</c></summary>
[Engine.HotPath]
internal readonly struct TradedRow : ISidedRowShape
{
    private const int ShorterOpening = 8;
    private const ulong Buy = 0x222C_2279_7562_225B;    // ["buy","
    private const ulong Sell = 0x2C22_6C6C_6573_225B;   // ["sell",

    public static int MiddleBytes => QuotedRow.MiddleBytes;

    public static int CloseBytes => QuotedRow.CloseBytes;

    public static bool TryOpen(ref readonly byte at, int left, out int openBytes, out int ask)
    {
        openBytes = 0;
        ask = 0;
        if (left <= ShorterOpening)
        {
            return false;
        }

        var word = Unsafe.ReadUnaligned<ulong>(in at);
        ask = word == Sell ? 1 : 0;
        openBytes = ShorterOpening + ask;
        return (word == Buy || word == Sell)
            && Unsafe.Add(ref Unsafe.AsRef(in at), openBytes - 1) == (byte)'"';
    }

    public static bool MiddleAt(ref readonly byte at) => QuotedRow.MiddleAt(in at);

    public static bool ClosesAt(ref readonly byte at) => QuotedRow.ClosesAt(in at);
}
