using System;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The book channel of Kraken's websocket v2; the time is left as it is, since nothing orders by it.</summary>
internal readonly struct Utf8Kraken : IUtf8Dialect
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
                known += reader.ValueTextEquals("book"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("update"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    known += TryReadBook(ref reader, symbol, update) ? 1 : 0;
                }
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
            if (reader.ValueTextEquals("symbol"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals(symbol) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                known += Utf8Rows.TryReadNamed(ref reader, update.Bids, out update.BidCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("asks"u8))
            {
                known += Utf8Rows.TryReadNamed(ref reader, update.Asks, out update.AskCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("checksum"u8))
            {
                reader.Read();
                update.Checksum = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }
}
