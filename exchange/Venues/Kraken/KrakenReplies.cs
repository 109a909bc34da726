using System;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>Encodes the answers to one request, which came in when this was made.</summary>
internal sealed class KrakenReplies
{
    private readonly TimeProvider _clock;
    private readonly string _timeIn;

    public KrakenReplies(TimeProvider clock)
    {
        _clock = clock;
        _timeIn = KrakenTime.Text(clock.GetUtcNow());
    }

    /// <summary>JSON text of the request's id; null when it has none.</summary>
    public string? RequestId { get; set; }

    public static byte[] Status(ulong connectionId) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("channel", "status");
        json.WriteString("type", "update");
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("version", "2.0.10");
        json.WriteString("system", "online");
        json.WriteString("api_version", "v2");
        json.WriteNumber("connection_id", connectionId);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public byte[] Pong() => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("method", "pong");
        End(json);
    });

    /// <param name="method">subscribe or unsubscribe.</param>
    /// <param name="symbol">Acknowledgements are per symbol.</param>
    /// <param name="depth">As subscribed.</param>
    /// <param name="snapshot">Null leaves it out, as for unsubscribe.</param>
    public byte[] BookAcknowledgement(string method, string symbol, int depth, bool? snapshot) =>
        Acknowledgement(method, json =>
        {
            json.WriteString("channel", "book");
            json.WriteNumber("depth", depth);
            Snapshot(json, snapshot);
            json.WriteString("symbol", symbol);
        });

    public byte[] InstrumentAcknowledgement(string method, bool? snapshot) => Acknowledgement(method, json =>
    {
        json.WriteString("channel", "instrument");
        Snapshot(json, snapshot);
    });

    public byte[] Refusal(string error, string? method, string? symbol) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        if (method is not null)
        {
            json.WriteString("method", method);
        }

        json.WriteBoolean("success", false);
        if (symbol is not null)
        {
            json.WriteString("symbol", symbol);
        }

        End(json);
    });

    private byte[] Acknowledgement(string method, Action<Utf8JsonWriter> result) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("method", method);
        json.WriteStartObject("result");
        result(json);
        json.WriteEndObject();
        json.WriteBoolean("success", true);
        End(json);
    });

    private static void Snapshot(Utf8JsonWriter json, bool? snapshot)
    {
        if (snapshot is { } value)
        {
            json.WriteBoolean("snapshot", value);
        }
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteString("time_in", _timeIn);
        json.WriteString("time_out", KrakenTime.Text(_clock.GetUtcNow()));
        if (RequestId is not null)
        {
            json.WritePropertyName("req_id");
            json.WriteRawValue(RequestId);
        }

        json.WriteEndObject();
    }
}
