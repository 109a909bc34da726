using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    public bool TryPass(ReadOnlySpan<byte> expected)
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

    /// <summary>
    /// Takes a whole number without a sign of 1 to 16 digits, up to <paramref name="end"/>, which stays.
    /// </summary>
    public bool TryTakeInteger(byte end, out long value)
    {
        value = 0;
        var rest = _frame[_at..];
        var count = rest[..Math.Min(rest.Length, DigitPair.WindowBytes + 1)].IndexOf(end);
        if (count < 1 || (rest[0] == (byte)'0' && count > 1) || _at + count < DigitPair.WindowBytes)
        {
            return false;
        }

        _at += count;
        return DigitPair.TryParse(
            in Unsafe.Add(ref MemoryMarshal.GetReference(_frame), _at - DigitPair.WindowBytes), count, out value);
    }

    /// <summary>Takes rows behind their opening bracket, with the closing one, into the open message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeRows<TShape>(Side side, DepthDecoder decoder)
        where TShape : struct, IRowShape =>
        RowReader<TShape>.TryRead(_frame, ref _at, side, decoder);
}
