using System;

namespace LowLatencyQuoter.Wire.Text;

/// <summary>A decimal number as read: significant digits times a power of ten. Trailing zeros are not digits.</summary>
[HotPath]
public readonly struct DecimalNumber
{
    private readonly UInt128 _digits;   // without trailing zeros
    private readonly int _exponent;
    private readonly bool _negative;

    internal DecimalNumber(UInt128 digits, int exponent, int writtenScale, bool negative)
    {
        _digits = digits;
        _exponent = digits == UInt128.Zero ? 0 : exponent;
        _negative = negative && digits != UInt128.Zero;
        WrittenScale = Math.Max(0, writtenScale);
    }

    /// <summary>The number <paramref name="mantissa"/> times 10^<paramref name="exponent"/>.</summary>
    public static DecimalNumber OfMantissa(long mantissa, int exponent)
    {
        var digits = mantissa < 0 ? 0 - (ulong)mantissa : (ulong)mantissa;
        var written = -exponent;
        while (digits != 0 && digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }

        return new DecimalNumber(digits, exponent, written, mantissa < 0);
    }

    /// <summary>Decimal digits as written, trailing zeros included; an exponent counts as if written out.</summary>
    public int WrittenScale { get; }

    /// <summary>Decimal digits that are needed: the coarsest scale on which the number is exact.</summary>
    public int Scale => Math.Max(0, -_exponent);

    /// <summary>True below zero.</summary>
    public bool IsNegative => _negative;

    /// <summary>The number as an integer on a scale.</summary>
    public DecimalOutcome TryScale(int scale, out long value)
    {
        value = 0;
        if (Scale > scale)
        {
            return Scale > 18 ? DecimalOutcome.OutOfRange : DecimalOutcome.NeedsFinerScale;
        }

        var total = _digits;
        for (var power = _exponent + scale; power > 0 && total <= (UInt128)long.MaxValue; power--)
        {
            total *= 10;   // cannot wrap: what is multiplied is below 2^63
        }

        if (total > (UInt128)long.MaxValue)
        {
            return DecimalOutcome.OutOfRange;
        }

        value = _negative ? -(long)total : (long)total;
        return DecimalOutcome.Exact;
    }
}
