using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>Spoils copies of messages; what is given stays as it is.</summary>
internal static class FrameSpoiler
{
    /// <summary>Another digit at the end of the first quantity; the frame itself when it has none.</summary>
    public static byte[] Quantity(string venue, byte[] frame)
    {
        if (BookFrames.IsBinary(venue, frame))
        {
            return BinaryQuantity(frame);
        }

        var end = QuantityEnd(venue, frame);
        if (end < 0)
        {
            return frame;
        }

        var spoiled = (byte[])frame.Clone();
        spoiled[end] = spoiled[end] == '9' ? (byte)'1' : (byte)(spoiled[end] + 1);
        return spoiled;
    }

    /// <summary>The checksum as another number; the frame itself when it has none.</summary>
    public static byte[] Checksum(byte[] frame, bool zero)
    {
        var mark = frame.AsSpan().IndexOf("\"checksum\":"u8);
        var start = mark >= 0 ? mark + 11 : frame.AsSpan().IndexOf("\"cs\","u8) is var other and >= 0 ? other + 5 : -1;
        if (start < 0)
        {
            return frame;
        }

        var end = start;
        while (end < frame.Length && (frame[end] == '-' || char.IsAsciiDigit((char)frame[end])))
        {
            end++;
        }

        var number = zero ? "0"u8.ToArray() : frame[start..end];
        if (!zero)
        {
            number[^1] = number[^1] == '9' ? (byte)'1' : (byte)(number[^1] + 1);
        }

        return [.. frame[..start], .. number, .. frame[end..]];
    }

    /// <summary>A bracket is another one: never JSON.</summary>
    public static byte[] Brackets(byte[] frame)
    {
        var spoiled = (byte[])frame.Clone();
        spoiled[^1] = spoiled[^1] == '}' ? (byte)']' : (byte)'}';
        return spoiled;
    }

    /// <summary>Its first half.</summary>
    public static byte[] Half(byte[] frame) => frame[..Math.Max(1, frame.Length / 2)];

    /// <summary>With more behind its end.</summary>
    public static byte[] Trailed(byte[] frame) => [.. frame, .. "}{\"more\":"u8];

    /// <summary>With a byte that UTF-8 does not have.</summary>
    public static byte[] NotUtf8(byte[] frame) => [.. frame[..^1], 0xff, frame[^1]];

    /// <summary>As long as asked for: white space behind its first bracket.</summary>
    public static byte[] Padded(byte[] frame, int bytes)
    {
        if (bytes <= frame.Length)
        {
            return frame;
        }

        var padded = new byte[bytes];
        var padding = bytes - frame.Length;
        padded[0] = frame[0];
        padded.AsSpan(1, padding).Fill((byte)' ');
        frame.AsSpan(1).CopyTo(padded.AsSpan(1 + padding));
        return padded;
    }

    /// <summary>Prices of rows that begin with one have a zero more.</summary>
    public static byte[] Finer(byte[] frame)
    {
        var finer = new List<byte>(frame.Length * 2);
        for (var at = 0; at < frame.Length; at++)
        {
            finer.Add(frame[at]);
            if (frame[at] != '[' || at + 2 >= frame.Length || frame[at + 1] != '"'
                || !char.IsAsciiDigit((char)frame[at + 2]))
            {
                continue;
            }

            finer.Add((byte)'"');
            var start = at + 2;
            for (at = start; frame[at] != '"'; at++)
            {
                finer.Add(frame[at]);
            }

            finer.AddRange(frame.AsSpan(start, at - start).Contains((byte)'.') ? "0\""u8 : ".00\""u8);
        }

        return [.. finer];
    }

    /// <summary>
    /// A group is u16 row length, u16 count and its rows, the first one behind header and block; a row is two numbers.
    /// </summary>
    private static byte[] BinaryQuantity(byte[] frame)
    {
        var group = 8 + BinaryPrimitives.ReadUInt16LittleEndian(frame);
        var row = BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(group + 2)) != 0 ? group + 4 : group + 8;
        if (BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(row - 2)) == 0)
        {
            return frame;   // no levels
        }

        var spoiled = (byte[])frame.Clone();
        var quantity = spoiled.AsSpan(row + 8);
        BinaryPrimitives.WriteInt64LittleEndian(quantity, BinaryPrimitives.ReadInt64LittleEndian(quantity) + 1);
        return spoiled;
    }

    /// <summary>Where the last digit of the first quantity stands; -1 without one.</summary>
    private static int QuantityEnd(string venue, ReadOnlySpan<byte> frame)
    {
        switch (venue)
        {
            case "bitfinex":
                return frame.IndexOf((byte)']') - 1;
            case "kraken":
                return EndOfNumber(frame, After(frame, "\"qty\":"u8));
            case "coinbase_advanced":
                return EndOfNumber(frame, After(frame, "\"new_quantity\":\""u8));
            case "coinbase" when frame.IndexOf("\"changes\":"u8) is var changes and >= 0:
                return EndOfText(frame, changes, texts: 4);
            default:
                return frame.IndexOf("[[\""u8) is var rows and >= 0 ? EndOfText(frame, rows, texts: 2) : -1;
        }
    }

    private static int After(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> mark) =>
        frame.IndexOf(mark) is var at and >= 0 ? at + mark.Length : -1;

    private static int EndOfNumber(ReadOnlySpan<byte> frame, int at)
    {
        if (at < 0)
        {
            return -1;
        }

        while (frame[at] == '.' || char.IsAsciiDigit((char)frame[at]))
        {
            at++;
        }

        return at - 1;
    }

    /// <summary>The last character of so many texts in quotes after a place.</summary>
    private static int EndOfText(ReadOnlySpan<byte> frame, int at, int texts)
    {
        for (var quotes = 0; at < frame.Length; at++)
        {
            if (frame[at] == '"' && ++quotes == 2 * texts)
            {
                return at - 1;
            }
        }

        return -1;
    }
}
