using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

/// <summary>A message of Binance's binary streams, whose every field a test may choose.</summary>
internal sealed record SbeMessage
{
    public ushort Template { get; init; } = 10_003;

    public ushort Schema { get; init; } = 1;

    public ushort Version { get; init; }

    /// <summary>Bytes of further fields at the end of the block.</summary>
    public int BlockTail { get; init; }

    /// <summary>Bytes of further fields at the end of each row.</summary>
    public int RowTail { get; init; }

    /// <summary>The fields between the time and the exponents.</summary>
    public long[] Ids { get; init; } = [50, 52];

    public long Micros { get; init; } = 1_723_161_255_208_001;

    public sbyte PriceExponent { get; init; } = -8;

    public sbyte QuantityExponent { get; init; } = -8;

    public (long Price, long Quantity)[] Bids { get; init; } =
        [(6_173_763_000_000, 0), (6_173_017_000_000, 150_000_000)];

    public (long Price, long Quantity)[] Asks { get; init; } = [(6_183_764_000_000, 154_698_000)];

    public string Symbol { get; init; } = "BTCUSDT";

    public byte[] Tail { get; init; } = [];

    public byte[] Bytes()
    {
        using var block = new MemoryStream();
        using var writer = new BinaryWriter(block);
        writer.Write(Micros);
        Array.ForEach(Ids, writer.Write);
        writer.Write(PriceExponent);
        writer.Write(QuantityExponent);
        var isTop = Template == 10_001;
        foreach (var (price, quantity) in isTop ? [.. Bids, .. Asks] : Array.Empty<(long, long)>())
        {
            writer.Write(price);
            writer.Write(quantity);
        }

        writer.Write(new byte[BlockTail]);
        using var message = new MemoryStream();
        using var whole = new BinaryWriter(message);
        whole.Write((ushort)block.Length);
        whole.Write(Template);
        whole.Write(Schema);
        whole.Write(Version);
        whole.Write(block.ToArray());
        if (!isTop)
        {
            Write(whole, Bids);
            Write(whole, Asks);
        }

        whole.Write((byte)Encoding.UTF8.GetByteCount(Symbol));
        whole.Write(Encoding.UTF8.GetBytes(Symbol));
        whole.Write(Tail);
        return message.ToArray();
    }

    private void Write(BinaryWriter writer, IReadOnlyList<(long Price, long Quantity)> rows)
    {
        writer.Write((ushort)(16 + RowTail));
        writer.Write((ushort)rows.Count);
        foreach (var (price, quantity) in rows)
        {
            writer.Write(price);
            writer.Write(quantity);
            writer.Write(new byte[RowTail]);
        }
    }
}
