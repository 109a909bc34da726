using System;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>Encodes the venue's objects: notices, answers, errors.</summary>
internal static class BitfinexReplies
{
    /// <summary>The first frame of a socket.</summary>
    public static byte[] Hello(bool isUnderMaintenance) => Event("info", json =>
    {
        json.WriteNumber("version", 2);
        json.WriteString("serverId", "5a7e1c40-0000-4000-8000-7e57e57e57e5");
        json.WriteStartObject("platform");
        json.WriteNumber("status", isUnderMaintenance ? 0 : 1);
        json.WriteEndObject();
    });

    /// <summary>A notice of what comes.</summary>
    public static byte[] Notice(int code, string text) => Event("info", json =>
    {
        json.WriteNumber("code", code);
        json.WriteString("msg", text);
    });

    public static byte[] Configured(long flags) => Event("conf", json =>
    {
        json.WriteString("status", "OK");
        json.WriteNumber("flags", flags);
    });

    public static byte[] Pong(long unixMillis, long? id) => Event("pong", json =>
    {
        json.WriteNumber("ts", unixMillis);
        if (id is { } cid)
        {
            json.WriteNumber("cid", cid);
        }
    });

    public static byte[] Subscribed(BitfinexRequest request, long channel) => Event("subscribed", json =>
    {
        json.WriteString("channel", request.Channel);
        json.WriteNumber("chanId", channel);
        request.WriteSubject(json);
        if (request.SubId is { } id)
        {
            json.WriteString("subId", id);
        }

        json.WriteString("pair", request.Pair);
    });

    public static byte[] Unsubscribed(long channel) => Event("unsubscribed", json =>
    {
        json.WriteString("status", "OK");
        json.WriteNumber("chanId", channel);
    });

    /// <summary>An error about no subscription.</summary>
    public static byte[] Error(int code, string text) => Event("error", json =>
    {
        json.WriteString("msg", text);
        json.WriteNumber("code", code);
    });

    /// <summary>A refusal, with what was asked for.</summary>
    public static byte[] Refusal(BitfinexRequest request, int code, string text, long? channel = null) =>
        JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("channel", request.Channel);
            request.WriteSubject(json);
            json.WriteString("event", "error");
            json.WriteString("msg", text);
            json.WriteNumber("code", code);
            if (channel is { } number)
            {
                json.WriteNumber("chanId", number);
            }

            json.WriteString("pair", request.Pair);
            json.WriteEndObject();
        });

    private static byte[] Event(string name, Action<Utf8JsonWriter> content) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("event", name);
        content(json);
        json.WriteEndObject();
    });
}
