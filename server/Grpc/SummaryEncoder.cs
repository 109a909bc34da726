using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Writes quotes as <c>orderbook.Summary</c> messages behind their prefix: the same bytes that Google.Protobuf writes,
/// fields in order and those equal to 0 left out. Threads: any; it has no state.
/// <code>
/// Summary  09 spread (double)   12 length Level: a bid   1A length Level: an ask
/// Level    0A length exchange (UTF-8)   11 price (double)   19 amount (double)
/// </code>
/// </summary>
[HotPath]
internal sealed class SummaryEncoder : IFrameEncoder
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

    /// <summary>Encodes the venues' names once for all.</summary>
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
        FrameBytesMax = MessagePrefix.Bytes + DoubleFieldBytes + (2 * levels * row);
    }

    /// <summary>Bytes of the largest frame.</summary>
    public int FrameBytesMax { get; }

    /// <inheritdoc/>
    public bool TellsReplaced => false;

    /// <inheritdoc/>
    public bool TryEncode(QuoteReader quote, bool always, Span<byte> bytes, out EncodedFrame frame)
    {
        var length = Encode(quote, bytes);
        frame = new EncodedFrame { Length = length, BodyLength = length };
        return true;
    }

    /// <inheritdoc/>
    public int EncodeHeartbeat(long sequence, long nowNanos, Span<byte> bytes) => 0;

    /// <summary>
    /// Encodes the quote that <paramref name="quote"/> holds; returns the bytes of prefix and message.
    /// </summary>
    /// <param name="quote">The quote.</param>
    /// <param name="frame">At least <see cref="FrameBytesMax"/> long.</param>
    public int Encode(QuoteReader quote, Span<byte> frame)
    {
        ref var header = ref quote.Header;
        var message = frame[MessagePrefix.Bytes..];
        var length = WriteDouble(message, SpreadTag, quote.Spread, header.PriceScale);
        length += WriteRows(message[length..], BidsTag, quote.Bids, ref header);
        length += WriteRows(message[length..], AsksTag, quote.Asks, ref header);
        MessagePrefix.Write(frame, false, (uint)length);
        return MessagePrefix.Bytes + length;
    }

    private int WriteRows(Span<byte> destination, byte tag, ReadOnlySpan<QuoteRow> rows, ref QuoteHeader header)
    {
        var end = 0;
        foreach (ref readonly var row in rows)
        {
            var exchange = _exchanges[header.Member(row.Member).Book];
            destination[end++] = tag;
            var length = exchange.Length + FieldBytes(row.Price) + FieldBytes(row.Quantity);
            end += WriteVarint(destination[end..], (uint)length);
            exchange.CopyTo(destination[end..]);
            end += exchange.Length;
            end += WriteDouble(destination[end..], PriceTag, row.Price, header.PriceScale);
            end += WriteDouble(destination[end..], AmountTag, row.Quantity, header.QuantityScale);
        }

        return end;
    }

    private static int WriteDouble(Span<byte> destination, byte tag, long mantissa, int scale)
    {
        if (mantissa == 0)
        {
            return 0;
        }

        destination[0] = tag;
        BinaryPrimitives.WriteDoubleLittleEndian(destination[1..], ScaledDouble.From(mantissa, scale));
        return DoubleFieldBytes;
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

    /// <remarks>Once a book, when an encoder is made; compiled in full at once, and so never later.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
