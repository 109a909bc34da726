using System;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The level2 topic of KuCoin.</summary>
internal readonly struct Utf8KuCoin : IUtf8Dialect
{
    private static ReadOnlySpan<byte> Topic => "/market/level2:"u8;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("topic"u8))
            {
                reader.Read();
                var topic = reader.ValueSpan;
                known += topic.StartsWith(Topic) && topic[Topic.Length..].SequenceEqual(symbol) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("message"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                known += TryReadUpdate(ref reader, update) ? 1 : 0;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }

    private static bool TryReadUpdate(ref Utf8JsonReader reader, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("changes"u8))
            {
                reader.Read();
                known += TryReadUpdate(ref reader, update) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Bids, out update.BidCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("asks"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Asks, out update.AskCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("sequenceStart"u8))
            {
                reader.Read();
                known += reader.TryGetInt64(out update.FirstUpdateId) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("sequenceEnd"u8))
            {
                reader.Read();
                update.LastUpdateId = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("time"u8))
            {
                reader.Read();
                update.VenueTime = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 2;   // two sides in changes, or changes and the first sequence around them
    }
}
