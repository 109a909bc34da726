using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>Which characters of a printed number a book keeps.</summary>
[Engine.HotPath]
internal static class NumberWindow
{
    /// <summary>
    /// Behind the last digit of a number that its scale wants; -1 when the digits behind it are not all zeros.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOf(ref byte bytes, int end, int decimals, int scale)
    {
        if (decimals <= scale)
        {
            return end;
        }

        var unwanted = decimals - scale;
        return unwanted > sizeof(ulong) || !EndsWithZeros(ref bytes, end, unwanted)
            ? -1
            : end - unwanted - (scale == 0 ? 1 : 0);   // without decimals the point goes too
    }

    /// <summary>
    /// The row's opening lies at least 16 bytes within the frame, so eight bytes before the end can be read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EndsWithZeros(ref byte bytes, int end, int count)
    {
        const ulong Zeros = 0x3030_3030_3030_3030;
        var tail = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, end - sizeof(ulong)));
        return (tail ^ Zeros) >> (64 - (count * 8)) == 0;   // little-endian: the last characters are the highest bytes
    }
}
