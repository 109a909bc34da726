using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Walks a frame that is expected to be printed as a venue always prints it, piece by piece. Every step says false when
/// the frame differs; it then has to be decoded the general way. Nothing is read beyond the frame.
/// </summary>
[Engine.HotPath]
internal ref struct UsualFrame
{
    private const int TextMax = 64;
    private readonly ReadOnlySpan<byte> _frame;
    private int _at;

    /// <summary>Starts at the first byte.</summary>
    public UsualFrame(ReadOnlySpan<byte> frame) => _frame = frame;

    /// <summary>True at the end of the frame.</summary>
    public readonly bool IsAtEnd => _at == _frame.Length;

    /// <summary>Bytes passed so far.</summary>
    public int Position
    {
        readonly get => _at;
        set => _at = value;
    }

    /// <summary>Passes a fixed text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPass(scoped ReadOnlySpan<byte> expected)
    {
        if ((uint)_at > (uint)(_frame.Length - expected.Length)
            || _frame.Length < expected.Length
            || !_frame.Slice(_at, expected.Length).SequenceEqual(expected))
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    /// <summary>Takes a text without escapes and control characters up to its closing quote, and that.</summary>
    public bool TryTakeText(out ReadOnlySpan<byte> text)
    {
        if (_at > _frame.Length - Vector256<byte>.Count)
        {
            return TryTakeTextNearEnd(out text);
        }

        // one look at 32 characters: the first that is no plain one must be the quote
        var window = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(_frame), (nuint)_at);
        var quotes = Vector256.Equals(window, Vector256.Create((byte)'"'));
        var others = Vector256.Equals(window, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(window, Vector256.Create((byte)' '));
        var length = BitOperations.TrailingZeroCount((quotes | others).ExtractMostSignificantBits());
        if (length == 32)
        {
            return TryTakeTextNearEnd(out text);
        }

        text = _frame.Slice(_at, length);
        _at += length + 1;
        return length > 0 && _frame[_at - 1] == (byte)'"';
    }

    /// <summary>
    /// Takes a whole number without a sign of 1 to 16 digits, up to <paramref name="end"/>, which stays.
    /// </summary>
    public bool TryTakeInteger(byte end, out long value)
    {
        value = 0;
        if (!TryMeasure(end, out var count))
        {
            return false;
        }

        _at += count;
        return DigitPair.TryParse(
            in Unsafe.Add(ref MemoryMarshal.GetReference(_frame), _at - DigitPair.WindowBytes), count, out value);
    }

    /// <summary>
    /// Takes two such numbers and the text between them, at the cost of one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeIntegers(byte end, ReadOnlySpan<byte> between, out long first, out long second)
    {
        first = 0;
        second = 0;
        if (!TryMeasure(end, out var firstCount))
        {
            return false;
        }

        var firstEnd = _at += firstCount;
        if (!TryPass(between) || !TryMeasure(end, out var secondCount))
        {
            return false;
        }

        _at += secondCount;
        ref var bytes = ref MemoryMarshal.GetReference(_frame);
        return DigitPair.TryParse(
            in Unsafe.Add(ref bytes, firstEnd - DigitPair.WindowBytes),
            firstCount,
            0,
            in Unsafe.Add(ref bytes, _at - DigitPair.WindowBytes),
            secondCount,
            0,
            out first,
            out second);
    }

    /// <summary>Takes rows behind their opening bracket, with the closing one, into the open message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeRows<TShape>(Side side, DepthDecoder decoder)
        where TShape : struct, IRowShape =>
        RowReader<TShape>.TryRead(_frame, ref _at, side, decoder);

    /// <summary>The same for rows of both sides in one array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeSidedRows<TShape>(DepthDecoder decoder)
        where TShape : struct, ISidedRowShape =>
        SidedRowReader<TShape>.TryRead(_frame, ref _at, decoder);

    private bool TryTakeTextNearEnd(out ReadOnlySpan<byte> text)
    {
        var rest = _frame[_at..];
        var length = rest[..Math.Min(rest.Length, TextMax)].IndexOf((byte)'"');
        if (length <= 0
            || rest[..length].Contains((byte)'\\')
            || rest[..length].ContainsAnyInRange((byte)0, (byte)0x1F))
        {
            text = default;
            return false;
        }

        text = rest[..length];
        _at += length + 1;
        return true;
    }

    /// <summary>How many characters stand before <paramref name="end"/>, 1 to 16, the first no idle zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryMeasure(byte end, out int count)
    {
        if (_at > _frame.Length - Vector256<byte>.Count)
        {
            var rest = _frame[_at..];
            count = rest[..Math.Min(rest.Length, DigitPair.WindowBytes + 1)].IndexOf(end);
        }
        else
        {
            var window = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(_frame), (nuint)_at);
            var ends = Vector256.Equals(window, Vector256.Create(end)).ExtractMostSignificantBits();
            count = BitOperations.TrailingZeroCount(ends);
        }

        return count is >= 1 and <= DigitPair.WindowBytes
            && (_frame[_at] != (byte)'0' || count == 1)
            && _at + count >= DigitPair.WindowBytes;
    }
}
