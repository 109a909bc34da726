using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>
/// Writes one message of the venue's schema 1, version 0: little endian, a header of block length, template, schema and
/// version, a block of fixed fields, groups with their row length and count, and the symbol last. Numbers have 8
/// decimals, as in the JSON streams.
/// </summary>
internal sealed class SbeWriter
{
    private const ushort Schema = 1;
    private const ushort Version = 0;
    private const ushort RowBytes = 16;
    private const int Decimals = BinanceVenue.PrintedDecimals;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Listing _listing;
    private readonly long _micros;

    /// <param name="listing">Whose book it is.</param>
    /// <param name="micros">The event's time, microseconds of Unix time.</param>
    public SbeWriter(Listing listing, long micros)
    {
        _listing = listing;
        _micros = micros;
    }

    /// <summary>Template 10003, DepthDiffStreamEvent.</summary>
    public byte[] Diff(long first, long last, PendingChanges changes)
    {
        Begin(10_003, 26);
        I64(_micros);
        I64(first);
        I64(last);
        Exponents();
        Rows([.. changes.Bids.Select(static level => (level.Key, level.Value))]);
        Rows([.. changes.Asks.Select(static level => (level.Key, level.Value))]);
        return End();
    }

    /// <summary>Template 10002, DepthSnapshotStreamEvent.</summary>
    public byte[] Partial(long updateId, SimulatedBook book, int depth)
    {
        Begin(10_002, 18);
        I64(_micros);
        I64(updateId);
        Exponents();
        Rows(Best(book.Bids, depth));
        Rows(Best(book.Asks, depth));
        return End();
    }

    /// <summary>Template 10001, BestBidAskStreamEvent.</summary>
    public byte[] Top(long updateId, SimulatedBook book)
    {
        Begin(10_001, 50);
        I64(_micros);
        I64(updateId);
        Exponents();
        Row(book.Bids.TicksAt(0), book.Bids.LotsAt(0));
        Row(book.Asks.TicksAt(0), book.Asks.LotsAt(0));
        return End();
    }

    private static List<(long Ticks, long Lots)> Best(SimulatedSide side, int depth)
    {
        var levels = new List<(long, long)>();
        for (var rank = 0; rank < Math.Min(depth, side.Count); rank++)
        {
            levels.Add((side.TicksAt(rank), side.LotsAt(rank)));
        }

        return levels;
    }

    private void Begin(ushort template, ushort blockLength)
    {
        U16(blockLength);
        U16(template);
        U16(Schema);
        U16(Version);
    }

    private void Exponents()
    {
        U8(unchecked((byte)-Decimals));
        U8(unchecked((byte)-Decimals));
    }

    private void Rows(List<(long Ticks, long Lots)> levels)
    {
        U16(RowBytes);
        U16(checked((ushort)levels.Count));
        foreach (var (ticks, lots) in levels)
        {
            Row(ticks, lots);
        }
    }

    private void Row(long ticks, long lots)
    {
        I64(checked(ticks * Pow10.Long(Decimals - _listing.PriceDecimals)));
        I64(checked(lots * Pow10.Long(Decimals - _listing.QuantityDecimals)));
    }

    private byte[] End()
    {
        var symbol = Encoding.UTF8.GetBytes(_listing.Symbol);
        U8(checked((byte)symbol.Length));
        _bytes.Write(symbol);
        return _bytes.WrittenSpan.ToArray();
    }

    private void U8(byte value) => _bytes.Write([value]);

    private void U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.GetSpan(sizeof(ushort)), value);
        _bytes.Advance(sizeof(ushort));
    }

    private void I64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }
}
