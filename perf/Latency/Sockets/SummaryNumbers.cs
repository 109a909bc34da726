using System;
using System.Buffers.Binary;
using LowLatencyQuoter.Engine;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// Reads out of an encoded <c>orderbook.Summary</c> which message of each venue it shows: the number in the decimals of
/// the venue's best bid. Venues are named by a text that ends in their digit.
/// </summary>
[HotPath]
internal static class SummaryNumbers
{
    private const byte Bids = 0x12;
    private const byte Asks = 0x1A;
    private const byte Spread = 0x09;
    private const byte Exchange = 0x0A;
    private const double Units = 1e8;   // of the amounts' eight decimals

    /// <summary>
    /// Sets the number of each venue that the message shows; others stay. False when it is malformed.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, Span<long> numbers)
    {
        while (!message.IsEmpty)
        {
            var tag = message[0];
            message = message[1..];
            if (tag == Spread && message.Length >= sizeof(double))
            {
                message = message[sizeof(double)..];
            }
            else if (tag is Bids or Asks && TryTake(ref message, out var level))
            {
                if (tag == Bids && !TryReadLevel(level, numbers))
                {
                    return false;
                }
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadLevel(ReadOnlySpan<byte> level, Span<long> numbers)
    {
        if (level.IsEmpty || level[0] != Exchange)
        {
            return false;
        }

        level = level[1..];
        if (!TryTake(ref level, out var name) || name.IsEmpty || level.Length != 2 * (1 + sizeof(double)))
        {
            return false;
        }

        var venue = name[^1] - '0';
        var amount = BinaryPrimitives.ReadDoubleLittleEndian(level[(2 + sizeof(double))..]);
        if ((uint)venue >= (uint)numbers.Length)
        {
            return false;
        }

        if (amount >= DiffTape.NumberedAmount)
        {
            numbers[venue] = (long)Math.Round((amount - DiffTape.NumberedAmount) * Units);
        }

        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (bytes.IsEmpty || bytes[0] > 0x7F || bytes.Length < 1 + bytes[0])
        {
            return false;   // rows are far shorter than 128 bytes
        }

        field = bytes.Slice(1, bytes[0]);
        bytes = bytes[(1 + bytes[0])..];
        return true;
    }
}
