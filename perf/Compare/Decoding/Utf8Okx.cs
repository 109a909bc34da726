using System;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The books channel of OKX's websocket v5; the time is left as it is, since nothing orders by it.</summary>
internal readonly struct Utf8Okx : IUtf8Dialect
{
    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("arg"u8))
            {
                known += TryReadArgument(ref reader, symbol) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("action"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("update"u8) ? 1 : 0;
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

    private static bool TryReadArgument(ref Utf8JsonReader reader, ReadOnlySpan<byte> symbol)
    {
        var known = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isChannel = reader.ValueTextEquals("channel"u8);
            var isSymbol = !isChannel && reader.ValueTextEquals("instId"u8);
            reader.Read();
            known += isChannel && reader.ValueTextEquals("books"u8) ? 1 : 0;
            known += isSymbol && reader.ValueTextEquals(symbol) ? 1 : 0;
        }

        return known == 2;
    }

    private static bool TryReadBook(ref Utf8JsonReader reader, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("asks"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Asks, out update.AskCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                known += Utf8Rows.TryReadQuoted(ref reader, update.Bids, out update.BidCount) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("checksum"u8))
            {
                reader.Read();
                update.Checksum = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("seqId"u8))
            {
                reader.Read();
                update.LastUpdateId = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("prevSeqId"u8))
            {
                reader.Read();
                update.FirstUpdateId = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 2;
    }
}
