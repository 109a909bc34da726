using System.Text.Json;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>Levels read with <see cref="Utf8JsonReader"/> from the raw bytes of its tokens.</summary>
internal static class Utf8Rows
{
    /// <summary>Reads <c>[["price","quantity"],...]</c>, the reader standing before the outer bracket.</summary>
    public static bool TryReadQuoted(ref Utf8JsonReader reader, Level[] levels, out int count)
    {
        count = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            ref var level = ref levels[count++];
            if (!reader.Read() || !ScaledParse.TryParse(reader.ValueSpan, out level.Price)
                || !reader.Read() || !ScaledParse.TryParse(reader.ValueSpan, out level.Quantity))
            {
                return false;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>Reads <c>[{"price":1.5,"qty":2},...]</c>, the reader standing before the outer bracket.</summary>
    public static bool TryReadNamed(ref Utf8JsonReader reader, Level[] levels, out int count)
    {
        count = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!TryReadLevel(ref reader, ref levels[count++]))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadLevel(ref Utf8JsonReader reader, ref Level level)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPrice = reader.ValueTextEquals("price"u8);
            var isQuantity = !isPrice && reader.ValueTextEquals("qty"u8);
            reader.Read();
            if (isPrice && !ScaledParse.TryParse(reader.ValueSpan, out level.Price))
            {
                return false;
            }

            if (isQuantity && !ScaledParse.TryParse(reader.ValueSpan, out level.Quantity))
            {
                return false;
            }

            if (!isPrice && !isQuantity)
            {
                reader.Skip();
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }
}
