using System;
using System.Text;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>
/// Writes quotes as <c>quoter.v1.Quote</c>, the same bytes that Google.Protobuf writes, and around it
/// <c>quoter.v1.StreamQuotesResponse</c> behind its prefix. Threads: one.
/// </summary>
internal sealed class QuoteEncoder : IFrameEncoder
{
    private const uint QuoteTag = 0x0A;
    private const uint HeartbeatTag = 0x12;
    private const int HeaderBytesMax = 256;     // numbers of a quote and their tags; the symbol is counted beside it
    private const int RowBytesMax = 2 + 92;     // length in one byte
    private const int WrapBytesMax = MessagePrefix.Bytes + 1 + 5;
    private readonly QuoteShape _shape;
    private readonly BookTable _table;
    private readonly InstrumentSeat _seat;
    private readonly VenueBookWriter _venues;
    private readonly UnixClock _unix;
    private readonly bool _hasFees;
    private readonly byte[] _symbol;
    private readonly byte[] _message;

    /// <summary>Takes its memory at once.</summary>
    /// <param name="seat">The instrument.</param>
    /// <param name="terms">How quotes look.</param>
    /// <param name="levels">Rows a side that they have.</param>
    /// <param name="table">Names the venues.</param>
    /// <param name="fees">Their fees.</param>
    /// <param name="unix">Makes times of the engine those of Unix.</param>
    public QuoteEncoder(
        InstrumentSeat seat, QuoteTerms terms, int levels, BookTable table, FeeSchedule fees, UnixClock unix)
    {
        _seat = seat;
        _table = table;
        _unix = unix;
        _hasFees = terms.HasFees;
        _shape = new QuoteShape(terms, levels, table, fees);
        _venues = new VenueBookWriter(table);
        _symbol = Encoding.UTF8.GetBytes(seat.Name);
        var bytes = HeaderBytesMax + _symbol.Length + (QuoteHeader.MaxMembers * _venues.BytesMax)
            + (2 * terms.Levels * RowBytesMax);
        _message = new byte[bytes];
        FrameBytesMax = WrapBytesMax + bytes;
    }

    /// <inheritdoc/>
    public int FrameBytesMax { get; }

    /// <inheritdoc/>
    public bool TellsReplaced => true;

    /// <inheritdoc/>
    [HotPath]
    public bool TryEncode(QuoteReader quote, bool always, Span<byte> bytes, out EncodedFrame frame)
    {
        if (!_shape.Take(quote) && !always)
        {
            frame = default;
            return false;
        }

        var length = Wrap(QuoteTag, EncodeMessage(quote), bytes);
        frame = new EncodedFrame { Length = length, BodyLength = length };
        return true;
    }

    /// <inheritdoc/>
    [HotPath]
    public int EncodeHeartbeat(long sequence, long nowNanos, Span<byte> bytes)
    {
        var writer = new MessageWriter(_message);
        writer.Bytes(0x0A, _symbol);
        writer.VarintUnlessZero(0x10, (ulong)_seat.Epoch);
        writer.VarintUnlessZero(0x18, sequence < 0 ? 0 : (ulong)NumberOf(sequence));
        writer.FixedUnlessZero(0x21, _unix.At(nowNanos));
        for (var book = 0; book < _table.Definitions.Length; book++)
        {
            if (_table.IsListed(book) && _table.Definitions[book].Instrument == _seat.Place)
            {
                var status = _table.Statuses[book];
                _venues.Write(ref writer, 0x2A, book, status.State, AgeOf(status.LastReceivedNanos, nowNanos));
            }
        }

        return Wrap(HeartbeatTag, _message.AsSpan(0, writer.Length), bytes);
    }

    /// <summary>Encodes one quote by itself, whether it differs from the one before or not.</summary>
    public byte[] EncodeOne(QuoteReader quote)
    {
        _shape.Take(quote);
        return EncodeMessage(quote).ToArray();
    }

    [HotPath]
    private static long AgeOf(long receivedNanos, long nowNanos) =>
        receivedNanos == 0 ? -1 : Math.Max(nowNanos - receivedNanos, 0);

    [HotPath]
    private static int Wrap(uint tag, ReadOnlySpan<byte> message, Span<byte> bytes)
    {
        var writer = new MessageWriter(bytes[MessagePrefix.Bytes..]);
        writer.Bytes(tag, message);
        MessagePrefix.Write(bytes, false, (uint)writer.Length);
        return MessagePrefix.Bytes + writer.Length;
    }

    /// <summary>Numbers begin with 1 for each instrument, whatever had its place before.</summary>
    [HotPath]
    private long NumberOf(long sequence) => sequence - _seat.QuotesBefore + 1;

    /// <summary>The shape that was taken last, with the header of its quote.</summary>
    [HotPath]
    private ReadOnlySpan<byte> EncodeMessage(QuoteReader quote)
    {
        ref var header = ref quote.Header;
        var writer = new MessageWriter(_message);
        writer.Bytes(0x0A, _symbol);
        writer.VarintUnlessZero(0x10, (ulong)_seat.Epoch);
        writer.VarintUnlessZero(0x18, (ulong)NumberOf(header.Sequence));
        writer.FixedUnlessZero(0x21, header.VenueUnixNanos);
        writer.FixedUnlessZero(0x29, _unix.At(header.ReceivedNanos));
        writer.FixedUnlessZero(0x31, _unix.At(header.PublishedNanos));
        writer.VarintUnlessZero(0x38, (ulong)_shape.PriceScale);
        writer.VarintUnlessZero(0x40, header.QuantityScale);
        WriteRows(ref writer, 0x4A, _shape.Bids);
        WriteRows(ref writer, 0x52, _shape.Asks);
        var cause = -1;
        for (var member = 0; member < header.MemberCount; member++)
        {
            ref var venue = ref header.Member(member);
            cause = venue.Book == header.CauseBook ? member : cause;
            _venues.Write(ref writer, 0x5A, venue.Book, venue.State, AgeOf(venue.ReceivedNanos, header.PublishedNanos));
        }

        WriteEnd(ref writer, quote, cause);
        return _message.AsSpan(0, writer.Length);
    }

    [HotPath]
    private void WriteEnd(ref MessageWriter writer, QuoteReader quote, int cause)
    {
        if (cause >= 0)
        {
            writer.Varint(0x60, (ulong)cause);
        }

        if (quote.HasSpread)
        {
            writer.VarintUnlessZero(0x68, quote.Spread < 0 ? 1UL : 0);
            writer.Signed(0x70, quote.Spread);
            WriteFeeSpread(ref writer);
        }

        writer.VarintUnlessZero(0x88, quote.Header.PriceScale);
        if (_hasFees)
        {
            writer.VarintUnlessZero(0x90, (ulong)_shape.SureBids);
            writer.VarintUnlessZero(0x98, (ulong)_shape.SureAsks);
        }
    }

    [HotPath]
    private void WriteFeeSpread(ref MessageWriter writer)
    {
        var spread = _shape.FeeSpread;
        if (spread >= long.MinValue && spread <= long.MaxValue)
        {
            writer.Signed(0x78, (long)spread);
            return;
        }

        Span<byte> text = stackalloc byte[WideText.MaxBytes];
        var scale = _shape.PriceScale + (_hasFees ? 0 : FeeRate.Digits);
        writer.Bytes(0x82, text[..WideText.Write(text, spread, scale)]);
    }

    [HotPath]
    private void WriteRows(ref MessageWriter writer, uint tag, ReadOnlySpan<ViewRow> rows)
    {
        Span<byte> text = stackalloc byte[WideText.MaxBytes];
        foreach (ref readonly var row in rows)
        {
            writer.Raw(tag);
            var level = new MessageWriter(writer.Rest[1..]);   // the length is less than 128: one byte
            if (row.Price <= long.MaxValue)
            {
                level.VarintUnlessZero(0x08, (ulong)row.Price);
            }

            level.VarintUnlessZero(0x10, (ulong)row.Quantity);
            level.VarintUnlessZero(0x18, (ulong)row.Member);
            if (_hasFees)
            {
                level.VarintUnlessZero(0x20, (ulong)row.QuotedPrice);
            }

            if (row.Price > long.MaxValue)
            {
                level.Bytes(0x2A, text[..WideText.Write(text, row.Price, _shape.PriceScale)]);
            }

            writer.Rest[0] = (byte)level.Length;
            writer.Length += 1 + level.Length;
        }
    }
}
