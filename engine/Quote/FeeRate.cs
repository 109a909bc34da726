using System;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>
/// A venue's fee as a share of the price, in hundredths of a basis point (millionths): exact, so that prices with the
/// fee in them are exact too. A rebate is negative. More than -100 % and less than 100 %.
/// </summary>
public readonly record struct FeeRate
{
    /// <summary>Decimal digits that a fee adds to a price.</summary>
    public const int Digits = 6;

    /// <summary>The whole price, in units of a fee.</summary>
    public const int Whole = 1_000_000;

    /// <summary>Takes a fee in hundredths of a basis point: 1,000 is 0.1 %.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is the whole price or more.</exception>
    public FeeRate(int hundredths)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(hundredths, Whole);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hundredths, -Whole);
        Hundredths = hundredths;
    }

    /// <summary>Hundredths of a basis point.</summary>
    public int Hundredths { get; }

    /// <summary>
    /// Takes a fee as a fraction (0.001 is 10 basis points); false when it is finer than the unit, or out of range.
    /// </summary>
    public static bool TryFrom(decimal fraction, out FeeRate fee)
    {
        fee = default;
        if (fraction is <= -1 or >= 1 || decimal.Truncate(fraction * Whole) != fraction * Whole)
        {
            return false;
        }

        fee = new FeeRate((int)(fraction * Whole));
        return true;
    }
}
