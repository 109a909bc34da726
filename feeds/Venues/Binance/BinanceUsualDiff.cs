using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// A diff of the combined stream as Binance prints it: this key order, no white space, no escapes.
/// <code>
/// {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":50,"u":52,"b":[...],"a":[...]}}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class BinanceUsualDiff
{
    private const int StreamNameMax = 48;

    private static ReadOnlySpan<byte> Prefix => "{\"stream\":\""u8;

    private static ReadOnlySpan<byte> AfterStream => "\",\"data\":{\"e\":\"depthUpdate\",\"E\":"u8;

    private static ReadOnlySpan<byte> BeforeSymbol => ",\"s\":\""u8;

    private static ReadOnlySpan<byte> BeforeFirstId => "\",\"U\":"u8;

    private static ReadOnlySpan<byte> BeforeLastId => ",\"u\":"u8;

    private static ReadOnlySpan<byte> BeforeBids => ",\"b\":["u8;

    private static ReadOnlySpan<byte> BeforeAsks => ",\"a\":["u8;

    private static ReadOnlySpan<byte> End => "}}"u8;

    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> frame, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        if (!frame.StartsWith(Prefix))
        {
            return false;
        }

        var at = Prefix.Length;
        var name = frame[at..Math.Min(frame.Length, at + StreamNameMax)].IndexOf((byte)'"');
        if (name < 0)
        {
            return false;
        }

        at += name;
        if (!TryPass(frame, ref at, AfterStream)
            || !TryReadInteger(frame, ref at, out var eventTime)
            || !TryPass(frame, ref at, BeforeSymbol)
            || !TryReadSymbol(frame, ref at, out var symbol)
            || !TryPass(frame, ref at, BeforeFirstId)
            || !TryReadInteger(frame, ref at, out var firstUpdateId)
            || !TryPass(frame, ref at, BeforeLastId)
            || !TryReadInteger(frame, ref at, out var lastUpdateId)
            || !TryPass(frame, ref at, BeforeBids)
            || firstUpdateId > lastUpdateId || firstUpdateId == 0
            || !decoder.TryFindAgain(symbol, out var book))
        {
            return false;
        }

        if (!decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!RowReader<QuotedRow>.TryRead(frame, ref at, Side.Bid, decoder)
            || !TryPass(frame, ref at, BeforeAsks)
            || !RowReader<QuotedRow>.TryRead(frame, ref at, Side.Ask, decoder)
            || !TryPass(frame, ref at, End) || at != frame.Length)
        {
            decoder.Abandon();
            return false;
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = firstUpdateId;
        message.LastUpdateId = lastUpdateId;
        message.VenueUnixNanos = BinanceFrameDecoder.UnixNanos(eventTime);
        decoder.Commit();
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryPass(ReadOnlySpan<byte> frame, ref int at, ReadOnlySpan<byte> expected)
    {
        if ((uint)at > (uint)(frame.Length - expected.Length) || !frame.Slice(at, expected.Length).SequenceEqual(expected))
        {
            return false;
        }

        at += expected.Length;
        return true;
    }

    /// <summary>1 to 16 digits up to a comma, the first not a zero; everything before them is longer than a window.</summary>
    private static bool TryReadInteger(ReadOnlySpan<byte> frame, ref int at, out long value)
    {
        value = 0;
        var rest = frame[at..];
        var count = rest[..Math.Min(rest.Length, 20)].IndexOf((byte)',');
        if (count is < 1 or > DigitPair.WindowBytes || rest[0] == (byte)'0')
        {
            return false;
        }

        at += count;
        return DigitPair.TryParse(
            in Unsafe.Add(ref MemoryMarshal.GetReference(frame), at - DigitPair.WindowBytes), count, out value);
    }

    private static bool TryReadSymbol(ReadOnlySpan<byte> frame, ref int at, out ReadOnlySpan<byte> symbol)
    {
        var rest = frame[at..];
        var length = rest[..Math.Min(rest.Length, 32)].IndexOf((byte)'"');
        symbol = length <= 0 ? default : rest[..length];
        at += Math.Max(length, 0);
        return length > 0;
    }
}
