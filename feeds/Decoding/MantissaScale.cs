using System;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Brings numbers from a message's power of ten to the scale of a book: exactly, or not at all. Multiplying is checked
/// by the largest number that fits. Dividing by 10^k is a shift by k bits, which have to be zero, and a multiplication
/// by the inverse of 5^k modulo 2^64: the product is a quotient if, and only if, it is not above the largest one there
/// is.
/// </summary>
[Engine.HotPath]
internal readonly struct MantissaScale
{
    private readonly ulong _largest;      // that a mantissa may be
    private readonly ulong _lowBits;      // that have to be zero
    private readonly ulong _factor;
    private readonly ulong _largestProduct;
    private readonly int _shift;

    private MantissaScale(ulong largest, int shift, ulong factor, ulong largestProduct)
    {
        _largest = largest;
        _shift = shift;
        _lowBits = (1UL << shift) - 1;
        _factor = factor;
        _largestProduct = largestProduct;
    }

    /// <summary>For numbers times 10^<paramref name="exponent"/>, to be kept on <paramref name="scale"/>.</summary>
    public static MantissaScale Of(int exponent, int scale)
    {
        var power = exponent + scale;
        if (power is > Scale.Max or < -Scale.Max)
        {
            return new MantissaScale(0, 0, 0, 0);   // only zero is the same on both
        }

        if (power >= 0)
        {
            var factor = (ulong)Scale.Power(power);
            return new MantissaScale(long.MaxValue / factor, 0, factor, long.MaxValue);
        }

        var fives = (ulong)Scale.Power(-power) >> -power;
        return new MantissaScale(long.MaxValue, -power, InversesOfFive[-power], ulong.MaxValue / fives);
    }

    /// <summary>
    /// The number on the book's scale; false when it is negative, does not fit, or has digits that the scale lacks.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryApply(long mantissa, out long scaled)
    {
        var bits = (ulong)mantissa;
        var product = (bits >> _shift) * _factor;
        scaled = (long)product;
        return bits <= _largest && (bits & _lowBits) == 0 && product <= _largestProduct;
    }

    /// <summary>Of 5^0, 5^1 and so on, modulo 2^64.</summary>
    private static ReadOnlySpan<ulong> InversesOfFive =>
    [
        0x0000000000000001, 0xCCCCCCCCCCCCCCCD, 0x8F5C28F5C28F5C29, 0x1CAC083126E978D5, 0xD288CE703AFB7E91,
        0x5D4E8FB00BCBE61D, 0x790FB65668C26139, 0xE5032477AE8D46A5, 0xC767074B22E90E21, 0x8E47CE423A2E9C6D,
        0x4FA7F60D3ED61F49, 0x0FEE64690C913975, 0x3662E0E1CF503EB1, 0xA47A2CF9F6433FBD, 0x54186F653140A659,
        0x7738164770402145, 0xE4A4D1417CD9A041, 0xC75429D9E5C5200D, 0xC1773B91FAC10669,
    ];
}
