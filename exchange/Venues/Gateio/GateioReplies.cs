using System;
using System.Globalization;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>Encodes the answers to one request, with what they repeat of it.</summary>
internal sealed class GateioReplies
{
    /// <summary>The body is not a request.</summary>
    public const int InvalidBody = 1;

    /// <summary>An argument is wrong.</summary>
    public const int InvalidArgument = 2;

    private readonly DateTimeOffset _now;
    private readonly long _connection;

    public GateioReplies(DateTimeOffset now, long connection)
    {
        _now = now;
        _connection = connection;
    }

    public string Channel { get; init; } = string.Empty;

    public string Event { get; init; } = string.Empty;

    /// <summary>JSON text of the request's payload; null when it has none.</summary>
    public string? Payload { get; init; }

    /// <summary>JSON text of the request's id; null when it has none.</summary>
    public string? Id { get; init; }

    public byte[] Success() => Reply(static json =>
    {
        json.WriteStartObject("result");
        json.WriteString("status", "success");
        json.WriteEndObject();
    });

    public byte[] Failure(int code, string message) => Reply(json =>
    {
        json.WriteStartObject("error");
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteStartObject("result");
        json.WriteString("status", "fail");
        json.WriteEndObject();
    });

    public byte[] Pong() => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("time", _now.ToUnixTimeSeconds());
        json.WriteNumber("time_ms", _now.ToUnixTimeMilliseconds());
        json.WriteString("channel", "spot.pong");
        json.WriteString("event", string.Empty);
        json.WriteNull("result");
        json.WriteEndObject();
    });

    private byte[] Reply(Action<Utf8JsonWriter> result) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("time", _now.ToUnixTimeSeconds());
        json.WriteNumber("time_ms", _now.ToUnixTimeMilliseconds());
        if (Id is not null)
        {
            json.WritePropertyName("id");
            json.WriteRawValue(Id);
        }

        json.WriteString("conn_id", _connection.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteString("trace_id", _now.Ticks.ToString("x32", CultureInfo.InvariantCulture));
        json.WriteString("channel", Channel);
        json.WriteString("event", Event);
        if (Payload is not null)
        {
            json.WritePropertyName("payload");
            json.WriteRawValue(Payload);
        }

        result(json);
        json.WriteString("requestId", _now.Ticks.ToString("x32", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    });
}
