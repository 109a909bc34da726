using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>What stands around every REST result.</summary>
internal static class BybitEnvelope
{
    /// <summary>Begins the body up to the inside of its result.</summary>
    public static void Begin(Utf8JsonWriter json, int code, string message)
    {
        json.WriteStartObject();
        json.WriteNumber("retCode"u8, code);
        json.WriteString("retMsg"u8, message);
        json.WriteStartObject("result"u8);
    }

    /// <summary>Ends result and body.</summary>
    public static void End(Utf8JsonWriter json, long milliseconds)
    {
        json.WriteEndObject();
        json.WriteStartObject("retExtInfo"u8);
        json.WriteEndObject();
        json.WriteNumber("time"u8, milliseconds);
        json.WriteEndObject();
    }
}
