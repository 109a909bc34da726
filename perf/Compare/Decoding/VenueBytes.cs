using System;
using System.IO;
using System.Text;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>
/// Depth updates as venues encode them in binary. Prices and quantities at scale 8 of <see cref="DepthUpdate"/>.
/// </summary>
internal static class VenueBytes
{
    /// <summary>A diff of Binance's binary streams, with eight decimals.</summary>
    public static byte[] Binance(long firstId, long lastId, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var field in (ReadOnlySpan<ushort>)[26, 10_003, 1, 0])   // block length, template, schema, version
        {
            writer.Write(field);
        }

        writer.Write(1_723_161_255_208_000);
        writer.Write(firstId);
        writer.Write(lastId);
        writer.Write((sbyte)-DepthUpdate.Scale);
        writer.Write((sbyte)-DepthUpdate.Scale);
        Write(writer, bids);
        Write(writer, asks);
        writer.Write((byte)VenueText.BinanceSymbol.Length);
        writer.Write(Encoding.ASCII.GetBytes(VenueText.BinanceSymbol));
        return bytes.ToArray();
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<Level> rows)
    {
        writer.Write((ushort)16);
        writer.Write((ushort)rows.Length);
        foreach (var row in rows)
        {
            writer.Write(row.Price);
            writer.Write(row.Quantity);
        }
    }
}
