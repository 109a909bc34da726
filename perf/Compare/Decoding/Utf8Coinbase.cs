using System;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>
/// The level2_batch channel of Coinbase Exchange; the time is left as it is, since nothing orders by it.
/// </summary>
internal readonly struct Utf8Coinbase : IUtf8Dialect
{
    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("l2update"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("product_id"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals(symbol) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("changes"u8))
            {
                known += TryReadChanges(ref reader, update) ? 1 : 0;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }

    private static bool TryReadChanges(ref Utf8JsonReader reader, DepthUpdate update)
    {
        update.BidCount = 0;
        update.AskCount = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            var isBid = reader.ValueTextEquals("buy"u8);
            ref var level = ref isBid ? ref update.Bids[update.BidCount++] : ref update.Asks[update.AskCount++];
            if (!reader.Read() || !ScaledParse.TryParse(reader.ValueSpan, out level.Price)
                || !reader.Read() || !ScaledParse.TryParse(reader.ValueSpan, out level.Quantity)
                || !reader.Read())
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }
}
