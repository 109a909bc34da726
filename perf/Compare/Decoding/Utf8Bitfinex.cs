using System;
using System.Text.Json;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>Rows of a book channel of Bitfinex's websocket v2; which channel it is was told before.</summary>
internal readonly struct Utf8Bitfinex : IUtf8Dialect
{
    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        update.BidCount = 0;
        update.AskCount = 0;
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        if (!reader.Read() || reader.GetInt64() != VenueText.BitfinexChannel
            || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            if (!TryReadRow(ref reader, update))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray
            && reader.Read() && reader.TryGetInt64(out update.LastUpdateId);
    }

    private static bool TryReadRow(ref Utf8JsonReader reader, DepthUpdate update)
    {
        if (!reader.Read() || !ScaledParse.TryParse(reader.ValueSpan, out var price)
            || !reader.Read() || !reader.TryGetInt64(out var count) || !reader.Read())
        {
            return false;
        }

        var amount = reader.ValueSpan;
        var isAsk = amount[0] == (byte)'-';
        if (!ScaledParse.TryParse(isAsk ? amount[1..] : amount, out var quantity))
        {
            return false;
        }

        var level = new Level(price, count == 0 ? 0 : quantity);
        if (isAsk)
        {
            update.Asks[update.AskCount++] = level;
        }
        else
        {
            update.Bids[update.BidCount++] = level;
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndArray;
    }
}
