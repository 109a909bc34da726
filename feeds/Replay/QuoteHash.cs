using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// A fingerprint of a whole sequence of quotes: SHA-256 over instrument, sequence, scales, the state of each venue and
/// every row of each quote, as little-endian integers. Times are left out. One thread.
/// </summary>
public sealed class QuoteHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[64];

    /// <summary>Adds the quote that the reader holds.</summary>
    public void Add(QuoteReader quote)
    {
        ref var header = ref quote.Header;
        var buffer = _buffer.AsSpan();
        BinaryPrimitives.WriteInt32LittleEndian(buffer, header.Instrument);
        BinaryPrimitives.WriteInt64LittleEndian(buffer[4..], header.Sequence);
        buffer[12] = header.PriceScale;
        buffer[13] = header.QuantityScale;
        BinaryPrimitives.WriteInt32LittleEndian(buffer[14..], header.BidCount);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[18..], header.AskCount);
        for (var member = 0; member < header.MemberCount; member++)
        {
            buffer[22 + member] = (byte)header.Member(member).State;
        }

        _hash.AppendData(buffer[..(22 + header.MemberCount)]);
        Add(quote.Bids);
        Add(quote.Asks);
    }

    /// <summary>The fingerprint so far, 64 hexadecimal digits in lower case.</summary>
    public string Current() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Add(ReadOnlySpan<QuoteRow> rows)
    {
        var buffer = _buffer.AsSpan();
        foreach (ref readonly var row in rows)
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer, row.Price);
            BinaryPrimitives.WriteInt64LittleEndian(buffer[8..], row.Quantity);
            BinaryPrimitives.WriteInt32LittleEndian(buffer[16..], row.Member);
            _hash.AppendData(buffer[..20]);
        }
    }
}
