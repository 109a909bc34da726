using System;
using System.Buffers.Text;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The diff channel of Bitstamp.</summary>
internal readonly struct Utf8Bitstamp : IUtf8Dialect
{
    private static ReadOnlySpan<byte> Channel => "diff_order_book_"u8;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("event"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("data"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("channel"u8))
            {
                reader.Read();
                var channel = reader.ValueSpan;
                known += channel.StartsWith(Channel) && channel[Channel.Length..].SequenceEqual(symbol) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                known += TryReadDiff(ref reader, update) ? 1 : 0;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }

    private static bool TryReadDiff(ref Utf8JsonReader reader, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("microtimestamp"u8))
            {
                reader.Read();
                known += Utf8Parser.TryParse(reader.ValueSpan, out update.LastUpdateId, out _) ? 1 : 0;
                update.FirstUpdateId = update.LastUpdateId;
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Bids, out update.BidCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("asks"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Asks, out update.AskCount) ? 1 : 0;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }
}
