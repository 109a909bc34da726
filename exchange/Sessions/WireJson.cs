using System;
using System.Text.Json;
using System.Text.Unicode;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>
/// Parses what others sent. <see cref="JsonDocument"/> finds text that is no text (broken UTF-8, half a surrogate pair)
/// only when a string is read, long after parsing; here it is an error of parsing like any other.
/// </summary>
internal static class WireJson
{
    /// <summary>Parses a message whose strings can all be read.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> message)
    {
        if (!Utf8.IsValid(message.Span))
        {
            throw new JsonException("the text is not UTF-8", null, 0, 0);
        }

        var reader = new Utf8JsonReader(message.Span);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                ReadEscaped(ref reader);
            }
        }

        return JsonDocument.Parse(message);
    }

    private static void ReadEscaped(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(exception.Message, null, 0, reader.TokenStartIndex);
        }
    }
}
