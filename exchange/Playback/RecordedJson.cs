using System;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>Looks into recorded payloads, which are whatever the venue once sent: not all of it is JSON.</summary>
internal static class RecordedJson
{
    /// <summary>Parses a payload that is a JSON object; null for anything else.</summary>
    public static JsonDocument? TryParseObject(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var document = WireJson.Parse(payload);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member that is a string; null when there is none.</summary>
    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;

    /// <summary>A member that is a 64-bit integer; null when there is none.</summary>
    public static long? Integer(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.Number
        && found.TryGetInt64(out var value)
            ? value
            : null;
}
