using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>
/// Answers the control messages of one socket: <c>{"method":…,"params":[…],"id":…}</c> gives
/// <c>{"result":…,"id":…}</c>, a bad one <c>{"code":0..3,"msg":…,"id":…}</c> (unknown property, invalid value type,
/// invalid request, invalid JSON).
/// </summary>
internal sealed class BinanceControl
{
    private const string Methods = "SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, SET_PROPERTY, GET_PROPERTY";
    private const int IdTextMax = 36;

    private readonly BinanceSession _session;

    public BinanceControl(BinanceSession session) => _session = session;

    /// <summary>The frame to send back.</summary>
    public byte[] Answer(ReadOnlyMemory<byte> message)
    {
        JsonDocument document;
        try
        {
            document = WireJson.Parse(message);
        }
        catch (JsonException exception)
        {
            var (line, column) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            return Error(3, $"Invalid JSON: expected value at line {line} column {column}", "null");
        }

        using (document)
        {
            return Answer(document.RootElement);
        }
    }

    private byte[] Answer(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            return Error(2, "Invalid request: expected an object", "null");
        }

        if (Id(request) is not { } id)
        {
            return Error(2, "Invalid request: request ID must be an unsigned integer", "null");
        }

        if (!request.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            return Error(2, "Invalid request: missing field `method`", id);
        }

        return method.GetString() switch
        {
            "SUBSCRIBE" => Subscribe(request, id),
            "UNSUBSCRIBE" => Unsubscribe(request, id),
            "LIST_SUBSCRIPTIONS" => Result(id, json =>
            {
                json.WriteStartArray();
                foreach (var name in _session.Streams)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
            }),
            "SET_PROPERTY" => SetProperty(request, id),
            "GET_PROPERTY" => GetProperty(request, id),
            var unknown => Error(2, $"Invalid request: unknown variant `{unknown}`, expected one of {Methods}", id),
        };
    }

    private byte[] Subscribe(JsonElement request, string id)
    {
        if (Names(request) is not { } names)
        {
            return Error(2, "Invalid request: params must be an array of strings", id);
        }

        return _session.Subscribe(names) ? Done(id) : Error(2, "Invalid request: too many streams", id);
    }

    private byte[] Unsubscribe(JsonElement request, string id)
    {
        if (Names(request) is not { } names)
        {
            return Error(2, "Invalid request: params must be an array of strings", id);
        }

        _session.Unsubscribe(names);
        return Done(id);
    }

    private byte[] SetProperty(JsonElement request, string id)
    {
        if (PropertyError(request, id, 2) is { } error)
        {
            return error;
        }

        var value = request.GetProperty("params")[1];
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Error(1, "Invalid value type: expected Boolean", id);
        }

        _session.Combined = value.GetBoolean();
        return Done(id);
    }

    private byte[] GetProperty(JsonElement request, string id) =>
        PropertyError(request, id, 1) ?? Result(id, json => json.WriteBooleanValue(_session.Combined));

    private static byte[]? PropertyError(JsonElement request, string id, int count)
    {
        if (!request.TryGetProperty("params", out var parameters)
            || parameters.ValueKind != JsonValueKind.Array
            || parameters.GetArrayLength() < count)
        {
            return Error(2, "Invalid request: missing field `params`", id);
        }

        if (parameters.GetArrayLength() > count)
        {
            return Error(2, "Invalid request: too many parameters", id);
        }

        if (parameters[0].ValueKind != JsonValueKind.String)
        {
            return Error(2, "Invalid request: property name must be a string", id);
        }

        return parameters[0].GetString() == "combined" ? null : Error(0, "Unknown property", id);
    }

    private static List<string>? Names(JsonElement request)
    {
        if (!request.TryGetProperty("params", out var parameters) || parameters.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var names = new List<string>();
        foreach (var name in parameters.EnumerateArray())
        {
            if (name.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            names.Add(name.GetString()!);
        }

        return names;
    }

    /// <summary>JSON text of the id: a 64-bit integer, up to 36 letters and digits, or null; null if bad.</summary>
    private static string? Id(JsonElement request)
    {
        if (!request.TryGetProperty("id", out var id) || id.ValueKind == JsonValueKind.Null)
        {
            return "null";
        }

        return id.ValueKind switch
        {
            JsonValueKind.Number when id.TryGetInt64(out _) => id.GetRawText(),
            JsonValueKind.String when IsIdText(id.GetString()!) => id.GetRawText(),
            _ => null,
        };
    }

    private static bool IsIdText(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= IdTextMax;
    }

    private static byte[] Done(string id) => Result(id, json => json.WriteNullValue());

    private static byte[] Result(string id, Action<Utf8JsonWriter> result) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("result");
        result(json);
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteEndObject();
    });

    private static byte[] Error(int code, string message, string id) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("msg", message);
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteEndObject();
    });
}
