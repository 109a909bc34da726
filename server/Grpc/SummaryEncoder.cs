using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Writes quotes as <c>orderbook.Summary</c> messages behind their prefix, into one buffer of its own: the same bytes
/// that Google.Protobuf writes, fields in order and those equal to 0 left out. Threads: one.
/// <code>
/// Summary  09 spread (double)   12 length Level: a bid   1A length Level: an ask
/// Level    0A length exchange (UTF-8)   11 price (double)   19 amount (double)
/// </code>
/// </summary>
[HotPath]
internal sealed class SummaryEncoder
{
    private const byte SpreadTag = 0x09;
    private const byte BidsTag = 0x12;
    private const byte AsksTag = 0x1A;
    private const byte ExchangeTag = 0x0A;
    private const byte PriceTag = 0x11;
    private const byte AmountTag = 0x19;
    private const int DoubleFieldBytes = 1 + sizeof(double);
    private const int VarintBytesMax = 5;
    private readonly byte[][] _exchanges;
    private readonly byte[] _frame;
    private int _end;

    /// <summary>Takes the buffer at once.</summary>
    /// <param name="levels">Most rows a side.</param>
    /// <param name="books">The books whose venues the rows name, by index.</param>
    public SummaryEncoder(int levels, IReadOnlyList<BookDefinition> books)
    {
        _exchanges = new byte[books.Count][];
        var longest = 0;
        for (var book = 0; book < _exchanges.Length; book++)
        {
            _exchanges[book] = EncodeExchange(books[book].Venue);
            longest = Math.Max(longest, _exchanges[book].Length);
        }

        var row = 1 + VarintBytesMax + longest + (2 * DoubleFieldBytes);
        _frame = GC.AllocateUninitializedArray<byte>(MessagePrefix.Bytes + DoubleFieldBytes + (2 * levels * row), pinned: true);
    }

    /// <summary>The quote encoded last: prefix and message. Valid until the next one.</summary>
    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, _end);

    /// <summary>Encodes the quote that <paramref name="quote"/> holds.</summary>
    public void Encode(QuoteReader quote)
    {
        _end = MessagePrefix.Bytes;
        ref var header = ref quote.Header;
        WriteDouble(SpreadTag, quote.Spread, header.PriceScale);
        WriteRows(BidsTag, quote.Bids, ref header);
        WriteRows(AsksTag, quote.Asks, ref header);
        MessagePrefix.Write(_frame, false, (uint)(_end - MessagePrefix.Bytes));
    }

    private void WriteRows(byte tag, ReadOnlySpan<QuoteRow> rows, ref QuoteHeader header)
    {
        foreach (ref readonly var row in rows)
        {
            var exchange = _exchanges[header.Member(row.Member).Book];
            var length = exchange.Length + FieldBytes(row.Price) + FieldBytes(row.Quantity);
            _frame[_end++] = tag;
            _end += WriteVarint(_frame.AsSpan(_end), (uint)length);
            exchange.CopyTo(_frame.AsSpan(_end));
            _end += exchange.Length;
            WriteDouble(PriceTag, row.Price, header.PriceScale);
            WriteDouble(AmountTag, row.Quantity, header.QuantityScale);
        }
    }

    private void WriteDouble(byte tag, long mantissa, int scale)
    {
        if (mantissa != 0)
        {
            _frame[_end] = tag;
            BinaryPrimitives.WriteDoubleLittleEndian(_frame.AsSpan(_end + 1), ScaledDouble.From(mantissa, scale));
            _end += DoubleFieldBytes;
        }
    }

    private static int FieldBytes(long mantissa) => mantissa == 0 ? 0 : DoubleFieldBytes;

    private static int WriteVarint(Span<byte> destination, uint value)
    {
        var count = 0;
        while (value > 0x7F)
        {
            destination[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[count++] = (byte)value;
        return count;
    }

    private static byte[] EncodeExchange(string venue)
    {
        if (venue.Length == 0)
        {
            return [];
        }

        var name = Encoding.UTF8.GetBytes(venue);
        var field = new byte[1 + VarintBytesMax + name.Length];
        field[0] = ExchangeTag;
        var start = 1 + WriteVarint(field.AsSpan(1), (uint)name.Length);
        name.CopyTo(field, start);
        return field[..(start + name.Length)];
    }
}
