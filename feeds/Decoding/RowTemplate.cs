using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// What the last rows of a book looked like: where each character stood that is no digit, and which digits count. As a
/// rule the next row looks the same; whether it does, and whether every digit is one, takes two comparisons, and
/// nothing about it has to be measured.
/// <code>
/// row      ["61737.63000000","0.12000000"]
/// text     ["00000.00000000","0.00000000"]     exclusive or with the row: 0 where it must be equal, else the digit
/// limit    009999909900000000009099999999 00     9 for a digit that counts, 0 for anything else
/// </code>
/// A row is looked at through its first and its last 32 bytes. Threads: one reader's.
/// </summary>
[Engine.HotPath]
internal struct RowTemplate
{
    private const int Window = 32;
    private const int Shortest = 17;
    private Vector256<byte> _headText;
    private Vector256<byte> _headLimit;
    private Vector256<byte> _tailText;
    private Vector256<byte> _tailLimit;
    private Vector256<byte> _wanted;
    private Vector256<byte> _order;
    private RowLayout _layout;
    private int _length;
    private int _head;
    private int _tail;
    private int _priceWindow;
    private int _quantityWindow;

    /// <summary>Bytes of a row, at most.</summary>
    public const int Longest = 2 * Window;

    /// <summary>True when there is a template, made for rows on these scales.</summary>
    public readonly bool Fits(int priceScale, int quantityScale) =>
        _length != 0 && _layout.PriceScale == priceScale && _layout.QuantityScale == quantityScale;

    /// <summary>
    /// A row was measured. When it looks like the last one that was so long, others are expected to look like it too.
    /// </summary>
    /// <param name="row">Its first byte; 16 bytes before it can be read.</param>
    /// <param name="length">Its bytes, without what separates it from the next one.</param>
    /// <param name="layout">Where its numbers stand.</param>
    public void Learn(ref byte row, int length, in RowLayout layout)
    {
        if (!_layout.Equals(in layout))
        {
            _layout = layout;
            _length = 0;
        }
        else if (_length == 0 && length >= Shortest && layout.NeedsNoWidening)
        {
            Make(ref row, length, in layout);
        }
    }

    /// <summary>Reads rows as long as they look alike.</summary>
    /// <typeparam name="TShape">How the venue prints a level.</typeparam>
    /// <param name="bytes">The frame.</param>
    /// <param name="position">Where the first row begins.</param>
    /// <param name="end">Where the frame ends.</param>
    /// <param name="next">Where the first level goes.</param>
    /// <param name="step">1 for bids, -1 for asks, which are written backwards.</param>
    /// <param name="room">Rows there is room for.</param>
    /// <param name="rows">How many were read.</param>
    /// <param name="isLast">True when what follows the last of them is not a comma.</param>
    /// <returns>Where a row begins that looks different, or the byte behind the last row.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly int Read<TShape>(
        ref byte bytes, int position, int end, ref Level next, int step, int room, out int rows, out bool isLast)
        where TShape : struct, IRowShape
    {
        var headText = _headText;
        var headLimit = _headLimit;
        var tailText = _tailText;
        var tailLimit = _tailLimit;
        var wanted = _wanted;
        var order = _order;
        var length = _length;
        var count = 0;
        isLast = false;
        while (count < room && position + length < end)
        {
            var head = Vector256.LoadUnsafe(ref bytes, (nuint)(position + _head)) ^ headText;
            var tail = Vector256.LoadUnsafe(ref bytes, (nuint)(position + _tail)) ^ tailText;
            var excess = (Vector256.Max(head, headLimit) ^ headLimit) | (Vector256.Max(tail, tailLimit) ^ tailLimit);
            if (excess != Vector256<byte>.Zero || (TShape.IsBare && BeginsWithIdleZero(ref bytes, position)))
            {
                break;
            }

            var text = Vector256.Create(
                Vector128.LoadUnsafe(ref bytes, (nuint)(position + _priceWindow)),
                Vector128.LoadUnsafe(ref bytes, (nuint)(position + _quantityWindow)));
            DigitPair.Convert(DigitPair.Digits(text, wanted, order), out var price, out var quantity);
            if (price == 0)
            {
                break;   // an error, which the general way names
            }

            next.Price = price;
            next.Quantity = quantity;
            next = ref Unsafe.Add(ref next, step);
            count++;
            position += length;
            if (Unsafe.Add(ref bytes, position) != (byte)',')
            {
                isLast = true;
                break;
            }

            position++;
        }

        rows = count;
        return position;
    }

    private readonly bool BeginsWithIdleZero(ref byte bytes, int position) =>
        (_layout.PriceDigits > 1 && Unsafe.Add(ref bytes, position + _layout.Price) == (byte)'0')
        || (_layout.QuantityDigits > 1 && Unsafe.Add(ref bytes, position + _layout.Quantity) == (byte)'0');

    private void Make(ref byte row, int length, in RowLayout layout)
    {
        _length = length;
        _tail = length - Window;
        _head = Math.Min(0, _tail);   // a short row has one window, which begins before it
        (_headText, _headLimit) = Expect(ref row, _head, length, in layout);
        (_tailText, _tailLimit) = Expect(ref row, _tail, length, in layout);
        _priceWindow = layout.PriceWindow - DigitPair.WindowBytes;
        _quantityWindow = layout.QuantityWindow - DigitPair.WindowBytes;
        _wanted = DigitPair.WantedOf(layout.PriceWindow - layout.Price, layout.QuantityWindow - layout.Quantity);
        _order = DigitPair.OrderOf(layout.PriceScale, layout.QuantityScale);
    }

    /// <summary>What 32 bytes from an offset on have to look like; those before the row may be anything.</summary>
    private static (Vector256<byte> Text, Vector256<byte> Limit) Expect(
        ref byte row, int offset, int length, in RowLayout layout)
    {
        Span<byte> text = stackalloc byte[Window];
        Span<byte> limit = stackalloc byte[Window];
        for (var index = 0; index < Window; index++)
        {
            var at = offset + index;
            var character = Unsafe.Add(ref row, at);
            var isDigit = layout.IsDigit(at);
            text[index] = isDigit ? (byte)'0' : character;
            limit[index] = at < 0 || at >= length ? byte.MaxValue : layout.Counts(at) ? (byte)9 : (byte)0;
        }

        return (Vector256.Create<byte>(text), Vector256.Create<byte>(limit));
    }
}
