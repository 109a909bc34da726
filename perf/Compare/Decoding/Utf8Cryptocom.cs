using System;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The book channel of Crypto.com's websocket v1.</summary>
internal readonly struct Utf8Cryptocom : IUtf8Dialect
{
    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                known += TryReadResult(ref reader, symbol, update) ? 1 : 0;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 1;
    }

    private static bool TryReadResult(ref Utf8JsonReader reader, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("instrument_name"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals(symbol) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("channel"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("book.update"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    known += TryReadBook(ref reader, update) ? 1 : 0;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 3;
    }

    private static bool TryReadBook(ref Utf8JsonReader reader, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("update"u8))
            {
                reader.Read();
                known += TryReadBook(ref reader, update) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("asks"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Asks, out update.AskCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Bids, out update.BidCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("u"u8))
            {
                reader.Read();
                known += reader.TryGetInt64(out update.LastUpdateId) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("pu"u8))
            {
                reader.Read();
                update.FirstUpdateId = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("t"u8))
            {
                reader.Read();
                update.VenueTime = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 2;   // two sides in the update, or the update and its id around them
    }
}
