using System;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Binance's binary streams by the slow way: a reader of streams, and numbers without bounds.</summary>
internal sealed class SlowBinanceSbe : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);
    private readonly SlowBinance _text = new();

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (frame.Length != 0 && frame.Span[0] == '{' && (frame.Length < 8 || frame.Span[5] != 0))
        {
            return _text.Read(frame, known);
        }

        using var bytes = new BinaryReader(new MemoryStream(frame.ToArray()));
        try
        {
            var (block, template, schema, version) =
                (bytes.ReadUInt16(), bytes.ReadUInt16(), bytes.ReadUInt16(), bytes.ReadUInt16());
            return schema != 1 || block > frame.Length - 8 ? Broken
                : template == 10_003 ? Diff(bytes, block, version, known)
                : template == 10_001 ? Top(bytes, block, version, known)
                : new SlowReading(FrameKind.Ignored);
        }
        catch (EndOfStreamException)
        {
            return Broken;
        }
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) => _text.ReadSnapshot(body, symbol);

    private static SlowReading Diff(BinaryReader bytes, int blockLength, int version, IReadOnlySet<string> known)
    {
        if (blockLength < 26)
        {
            return Broken;
        }

        using var block = Block(bytes, blockLength);
        block.ReadInt64();
        var (first, last) = (block.ReadInt64(), block.ReadInt64());
        var (price, quantity) = (block.ReadSByte(), block.ReadSByte());
        if (Rows(bytes) is not { } bids || Rows(bytes) is not { } asks)
        {
            return Broken;
        }

        var symbol = Symbol(bytes);
        if (!known.Contains(symbol))
        {
            return new SlowReading(FrameKind.Ignored);
        }

        var message = new SlowMessage(symbol, EventKind.Update, first, last, null);
        return first > 0 && first <= last && Ends(bytes, version)
            && TryAdd(bids, price, quantity, message.Bids) && TryAdd(asks, price, quantity, message.Asks)
            ? new SlowReading(FrameKind.Depth, symbol) { Messages = [message] }
            : new SlowReading(FrameKind.Failed, symbol);
    }

    private static SlowReading Top(BinaryReader bytes, int blockLength, int version, IReadOnlySet<string> known)
    {
        if (blockLength < 50)
        {
            return Broken;
        }

        using var block = Block(bytes, blockLength);
        block.ReadInt64();
        var id = block.ReadInt64();
        var (price, quantity) = (block.ReadSByte(), block.ReadSByte());
        var bid = (block.ReadInt64(), block.ReadInt64());
        var ask = (block.ReadInt64(), block.ReadInt64());
        var symbol = Symbol(bytes);
        if (!known.Contains(symbol))
        {
            return new SlowReading(FrameKind.Ignored);
        }

        var message = new SlowMessage(symbol, EventKind.TopOfBook, 0, id, null);
        return id > 0 && Ends(bytes, version)
            && TryAdd([bid], price, quantity, message.Bids) && TryAdd([ask], price, quantity, message.Asks)
            ? new SlowReading(FrameKind.TopOfBook, symbol) { Messages = [message] }
            : new SlowReading(FrameKind.Failed, symbol);
    }

    private static BinaryReader Block(BinaryReader bytes, int length) => new(new MemoryStream(Take(bytes, length)));

    private static byte[] Take(BinaryReader bytes, int length)
    {
        var taken = bytes.ReadBytes(length);
        return taken.Length == length ? taken : throw new EndOfStreamException();
    }

    /// <summary>Null where rows are too short for their numbers.</summary>
    private static List<(long Price, long Quantity)>? Rows(BinaryReader bytes)
    {
        var (length, count) = (bytes.ReadUInt16(), bytes.ReadUInt16());
        var rows = new List<(long, long)>();
        for (var row = 0; row < count; row++)
        {
            var taken = Take(bytes, length);
            if (length < 16)
            {
                return null;
            }

            rows.Add((BitConverter.ToInt64(taken, 0), BitConverter.ToInt64(taken, 8)));
        }

        return rows;
    }

    private static string Symbol(BinaryReader bytes) => Encoding.Latin1.GetString(Take(bytes, bytes.ReadByte()));

    private static bool Ends(BinaryReader bytes, int version) =>
        version != 0 || bytes.BaseStream.Position == bytes.BaseStream.Length;

    private static bool TryAdd(
        List<(long Price, long Quantity)> rows, int priceExponent, int quantityExponent, List<SlowLevel> levels)
    {
        foreach (var (price, quantity) in rows)
        {
            if (price <= 0 || quantity < 0
                || !TryValue(price, priceExponent, out var priceValue)
                || !TryValue(quantity, quantityExponent, out var quantityValue))
            {
                return false;
            }

            levels.Add(new SlowLevel(priceValue, quantityValue, 0, 0));
        }

        return true;
    }

    /// <summary>What fits 64 bits with the digits that it needs, at most 18 behind the point.</summary>
    private static bool TryValue(long mantissa, int exponent, out decimal value)
    {
        value = 0;
        var digits = new BigInteger(mantissa);
        while (!digits.IsZero && digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }

        if (digits.IsZero)
        {
            return true;
        }

        if (exponent is < -18 or > 18)
        {
            return false;
        }

        var whole = exponent > 0 ? digits * BigInteger.Pow(10, exponent) : digits;
        if (whole > long.MaxValue)
        {
            return false;
        }

        value = new decimal((long)whole) / (decimal)BigInteger.Pow(10, Math.Max(0, -exponent));
        return true;
    }
}
