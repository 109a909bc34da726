using System.Numerics;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// A distance between neighbouring prices, ready for exact division: one multiplication and one rotation give the
/// quotient of a multiple, and a number too large to be one for anything else. (Odd numbers have an inverse modulo
/// 2^64;
/// multiplying by it permutes the 64-bit integers and takes multiples to their quotients. The rotation does the same
/// for
/// the power of two.)
/// </summary>
[HotPath]
internal readonly struct TickSpacing
{
    private readonly ulong _inverse;
    private readonly int _shift;

    /// <summary>Prepares division by <paramref name="ticks"/>, which must be positive.</summary>
    public TickSpacing(ulong ticks)
    {
        Ticks = ticks;
        _shift = BitOperations.TrailingZeroCount(ticks);
        var odd = ticks >> _shift;
        var inverse = odd;   // right in the lowest three bits; each step doubles them
        for (var bits = 3; bits < 64; bits *= 2)
        {
            inverse *= 2 - (odd * inverse);
        }

        _inverse = inverse;
    }

    /// <summary>The spacing.</summary>
    public ulong Ticks { get; }

    /// <summary>
    /// The distance divided by the spacing. For a distance that is no multiple: more than 2^64 / spacing - 1.
    /// </summary>
    public ulong Quotient(ulong distance) => BitOperations.RotateRight(distance * _inverse, _shift);

    /// <summary>The greatest common divisor; that of 0 and a number is the number.</summary>
    public static ulong Common(ulong left, ulong right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
