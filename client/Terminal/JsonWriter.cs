using System.Buffers;
using System.Text.Json;
using Google.Protobuf.Collections;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// One object per quote: <c>{"spread":..,"bids":[{"exchange":..,"price":..,"amount":..}],"asks":[..]}</c>, numbers with
/// the fewest digits that give the same double back.
/// </summary>
internal sealed class JsonWriter : IQuoteWriter
{
    /// <inheritdoc/>
    public void Write(Summary quote, IBufferWriter<byte> line)
    {
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("spread", quote.Spread);
            WriteSide(json, "bids", quote.Bids);
            WriteSide(json, "asks", quote.Asks);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    private static void WriteSide(Utf8JsonWriter json, string name, RepeatedField<Level> levels)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartObject();
            json.WriteString("exchange", level.Exchange);
            json.WriteNumber("price", level.Price);
            json.WriteNumber("amount", level.Amount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
