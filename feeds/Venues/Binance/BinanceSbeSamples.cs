using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>Encodes as Binance's binary streams do: eight decimals whatever the market's tick.</summary>
internal sealed class BinanceSbeSamples : ISamplePrinter
{
    private const sbyte Exponent = -8;
    private const long FirstEventMicros = 1_723_161_255_000_000;
    private static readonly BinanceSamples Text = new();

    /// <inheritdoc/>
    public bool IsBinary => true;

    /// <inheritdoc/>
    public string Snapshot(SampleBook book) => Text.Snapshot(book);

    /// <inheritdoc/>
    public string Update(SampleBook book, IReadOnlyList<SampleChange> changes) => Message(10_003, 26, bytes =>
    {
        Add(bytes, FirstEventMicros + book.UpdateId);
        Add(bytes, book.UpdateId);
        Add(bytes, book.UpdateId);
        AddExponents(bytes);
        AddRows(bytes, book, [.. SampleText.Of(changes, Side.Bid)]);
        AddRows(bytes, book, [.. SampleText.Of(changes, Side.Ask)]);
        AddSymbol(bytes, book);
    });

    /// <inheritdoc/>
    public IEnumerable<string> Others(SampleBook book)
    {
        yield return """{"result":null,"id":1}""";
        yield return """{"code":2,"msg":"Invalid request: unknown variant","id":1}""";
        yield return Message(10_000, 18, bytes => bytes.Write(new byte[18]));   // trades, which nobody asked for
        foreach (var ahead in (int[])[0, 1])
        {
            yield return Message(10_001, 50, bytes =>
            {
                Add(bytes, FirstEventMicros + book.UpdateId);
                Add(bytes, book.UpdateId + ahead);
                AddExponents(bytes);
                AddRow(bytes, book, book.Bids.First());
                AddRow(bytes, book, book.Asks.First());
                AddSymbol(bytes, book);
            });
        }
    }

    private static string Message(ushort template, ushort blockLength, Action<MemoryStream> fill)
    {
        using var bytes = new MemoryStream();
        Add(bytes, blockLength);
        Add(bytes, template);
        Add(bytes, (ushort)1);
        Add(bytes, (ushort)0);
        fill(bytes);
        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    private static void AddExponents(MemoryStream bytes)
    {
        bytes.WriteByte(unchecked((byte)Exponent));
        bytes.WriteByte(unchecked((byte)Exponent));
    }

    private static void AddRows(MemoryStream bytes, SampleBook book, KeyValuePair<long, long>[] levels)
    {
        Add(bytes, (ushort)16);
        Add(bytes, (ushort)levels.Length);
        foreach (var level in levels)
        {
            AddRow(bytes, book, level);
        }
    }

    private static void AddRow(MemoryStream bytes, SampleBook book, KeyValuePair<long, long> level)
    {
        Add(bytes, level.Key * Scale.Power(-Exponent - book.PriceScale));
        Add(bytes, level.Value * Scale.Power(-Exponent - book.QuantityScale));
    }

    private static void AddSymbol(MemoryStream bytes, SampleBook book)
    {
        bytes.WriteByte((byte)book.Symbol.Length);
        bytes.Write(Encoding.UTF8.GetBytes(book.Symbol));
    }

    private static void Add(MemoryStream bytes, ushort value)
    {
        Span<byte> room = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(room, value);
        bytes.Write(room);
    }

    private static void Add(MemoryStream bytes, long value)
    {
        Span<byte> room = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(room, value);
        bytes.Write(room);
    }
}
