using System;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The order book topics of Bybit's websocket v5.</summary>
internal readonly struct Utf8Bybit : IUtf8Dialect
{
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
                known += reader.ValueSpan.StartsWith("orderbook."u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("delta"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("cts"u8))
            {
                reader.Read();
                update.VenueTime = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                known += TryReadBook(ref reader, symbol, update) ? 1 : 0;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }

    private static bool TryReadBook(ref Utf8JsonReader reader, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("s"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals(symbol) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("b"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Bids, out update.BidCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("a"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Asks, out update.AskCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("u"u8))
            {
                reader.Read();
                update.LastUpdateId = reader.GetInt64();
                update.FirstUpdateId = update.LastUpdateId;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }
}
