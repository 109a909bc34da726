using System.Buffers;

namespace LowLatencyQuoter.Wire.Text;

/// <summary>Tables of the scanner.</summary>
internal static class JsonKinds
{
    /// <summary>What may not stand inside of a string as it is.</summary>
    public static readonly SearchValues<byte> StringEnds = SearchValues.Create(
    [
        .. "\"\\"u8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    ]);

    /// <summary>The kind of the value that starts with this byte.</summary>
    public static JsonKind Of(byte first) => first switch
    {
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'"' => JsonKind.String,
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonKind.Number,
        (byte)'t' => JsonKind.True,
        (byte)'f' => JsonKind.False,
        (byte)'n' => JsonKind.Null,
        _ => JsonKind.None,
    };
}
