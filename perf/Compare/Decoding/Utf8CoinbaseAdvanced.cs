using System;
using System.Text.Json;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>
/// The level2 channel of Coinbase Advanced Trade; times are left as they are, since nothing orders by them.
/// </summary>
internal readonly struct Utf8CoinbaseAdvanced : IUtf8Dialect
{
    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("channel"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("l2_data"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("sequence_num"u8))
            {
                reader.Read();
                known += reader.TryGetInt64(out _) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("events"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    known += TryReadEvent(ref reader, symbol, update) ? 1 : 0;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }

    private static bool TryReadEvent(ref Utf8JsonReader reader, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("update"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("product_id"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals(symbol) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("updates"u8))
            {
                known += TryReadUpdates(ref reader, update) ? 1 : 0;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }

    private static bool TryReadUpdates(ref Utf8JsonReader reader, DepthUpdate update)
    {
        update.BidCount = 0;
        update.AskCount = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!TryReadLevel(ref reader, out var isBid, out var level))
            {
                return false;
            }

            if (isBid)
            {
                update.Bids[update.BidCount++] = level;
            }
            else
            {
                update.Asks[update.AskCount++] = level;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadLevel(ref Utf8JsonReader reader, out bool isBid, out Level level)
    {
        isBid = false;
        level = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSide = reader.ValueTextEquals("side"u8);
            var isPrice = !isSide && reader.ValueTextEquals("price_level"u8);
            var isQuantity = !isSide && !isPrice && reader.ValueTextEquals("new_quantity"u8);
            reader.Read();
            if (isSide)
            {
                isBid = reader.ValueTextEquals("bid"u8);
            }
            else if (isPrice ? !ScaledParse.TryParse(reader.ValueSpan, out level.Price)
                : isQuantity && !ScaledParse.TryParse(reader.ValueSpan, out level.Quantity))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }
}
