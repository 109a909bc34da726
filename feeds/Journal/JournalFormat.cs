using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>The bytes of a journal as docs/journal.md draws them; all integers little-endian.</summary>
internal static class JournalFormat
{
    /// <summary>Bytes of a record before its body: length and checksum.</summary>
    public const int PrefixBytes = 8;

    /// <summary>The longest body: kind, lane, a full event.</summary>
    public const int BodyMax = 3 + DepthEvent.HeaderBytes + (DepthEvent.LevelCapacity * LevelBytes);

    private const int LevelBytes = 16;

    /// <summary>The first bytes of every journal; the last of them is the version.</summary>
    public static ReadOnlySpan<byte> Magic => "QUOTERJ2"u8;

    /// <summary>CRC-32C (Castagnoli).</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>Writes a whole record of an event; returns its length.</summary>
    public static int WriteEvent(Span<byte> target, int lane, ref DepthEvent item)
    {
        var body = target[PrefixBytes..];
        body[0] = (byte)JournalRecordKind.Event;
        BinaryPrimitives.WriteUInt16LittleEndian(body[1..], (ushort)lane);
        HeaderOf(ref item).CopyTo(body[3..]);
        var at = 3 + DepthEvent.HeaderBytes;
        for (var index = 0; index < item.BidCount; index++)
        {
            at += WriteLevel(body[at..], item.Bid(index));
        }

        for (var index = 0; index < item.AskCount; index++)
        {
            at += WriteLevel(body[at..], item.Ask(index));
        }

        return WritePrefix(target, at);
    }

    /// <summary>Writes a whole record of a moment; returns its length.</summary>
    public static int WriteTime(Span<byte> target, long nanos)
    {
        var body = target[PrefixBytes..];
        body[0] = (byte)JournalRecordKind.Time;
        BinaryPrimitives.WriteInt64LittleEndian(body[1..], nanos);
        return WritePrefix(target, 1 + sizeof(long));
    }

    /// <summary>Reads the body of an event; null, or what is wrong with it.</summary>
    public static string? ReadEvent(ReadOnlySpan<byte> body, ref DepthEvent item, out int lane)
    {
        lane = 0;
        if (body.Length < 3 + DepthEvent.HeaderBytes)
        {
            return $"an event of {body.Length} bytes";
        }

        lane = BinaryPrimitives.ReadUInt16LittleEndian(body[1..]);
        body.Slice(3, DepthEvent.HeaderBytes).CopyTo(HeaderOf(ref item));
        var levels = body[(3 + DepthEvent.HeaderBytes)..];
        var count = item.BidCount + item.AskCount;
        if (count > DepthEvent.LevelCapacity || levels.Length != count * LevelBytes)
        {
            return $"an event with {item.BidCount} bids and {item.AskCount} asks in {levels.Length} bytes";
        }

        for (var index = 0; index < count; index++)
        {
            ref var level = ref index < item.BidCount ? ref item.Bid(index) : ref item.Ask(index - item.BidCount);
            level.Price = BinaryPrimitives.ReadInt64LittleEndian(levels[(index * LevelBytes)..]);
            level.Quantity = BinaryPrimitives.ReadInt64LittleEndian(levels[((index * LevelBytes) + sizeof(long))..]);
        }

        return null;
    }

    private static int WriteLevel(Span<byte> target, Level level)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, level.Price);
        BinaryPrimitives.WriteInt64LittleEndian(target[sizeof(long)..], level.Quantity);
        return LevelBytes;
    }

    private static int WritePrefix(Span<byte> target, int bodyBytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)bodyBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(
            target[sizeof(uint)..], Checksum(target.Slice(PrefixBytes, bodyBytes)));
        return PrefixBytes + bodyBytes;
    }

    /// <summary>The event's header as it lies in memory, which is what <see cref="DepthEvent"/> draws.</summary>
    private static Span<byte> HeaderOf(ref DepthEvent item) =>
        MemoryMarshal.AsBytes(new Span<DepthEvent>(ref item))[..DepthEvent.HeaderBytes];
}
