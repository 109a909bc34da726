using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>KuCoin's rare messages and REST bodies.</summary>
internal static class KuCoinJson
{
    /// <summary>A REST answer: <c>{"code":"200000","data":...}</c>.</summary>
    public static byte[] Answer(Action<Utf8JsonWriter> content) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("code", "200000");
        json.WritePropertyName("data");
        content(json);
        json.WriteEndObject();
    });

    /// <summary>A REST refusal: <c>{"code":"400100","msg":"..."}</c>.</summary>
    public static byte[] Refusal(string code, string text) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("msg", text);
        json.WriteEndObject();
    });

    /// <summary>A frame of id and type: welcome, ack, pong.</summary>
    public static byte[] Frame(string id, string type) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", type);
        json.WriteEndObject();
    });

    /// <summary>An error frame.</summary>
    public static byte[] Error(string id, int code, string text) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", "error");
        json.WriteNumber("code", code);
        json.WriteString("data", text);
        json.WriteEndObject();
    });

    /// <summary>The body of symbols.</summary>
    public static byte[] Symbols(IEnumerable<KuCoinSymbol> symbols) => Answer(json =>
    {
        json.WriteStartArray();
        foreach (var symbol in symbols)
        {
            symbol.Write(json);
        }

        json.WriteEndArray();
    });
}
