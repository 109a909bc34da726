using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>Faults as JSON, as the control endpoint and the file at start have them.</summary>
internal static class FaultJson
{
    /// <summary>Reads one fault.</summary>
    /// <exception cref="ExchangeConfigurationException">It is not one; says what is wrong.</exception>
    public static Fault Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ExchangeConfigurationException("a fault is an object such as {\"name\":\"drop\",\"count\":1}");
        }

        var fault = new Fault { Name = string.Empty };
        foreach (var property in json.EnumerateObject())
        {
            fault = With(fault, property.Name, property.Value);
        }

        return fault.Name.Length != 0
            ? fault
            : throw new ExchangeConfigurationException("the fault has no name: add \"name\"");
    }

    /// <summary>Reads a file: a list of faults, each with its <c>venue</c>.</summary>
    /// <exception cref="ExchangeConfigurationException">It is no such list.</exception>
    public static IReadOnlyList<KeyValuePair<string, Fault>> ReadFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            var faults = new List<KeyValuePair<string, Fault>>();
            foreach (var item in document.RootElement.EnumerateArray())
            {
                faults.Add(new(item.GetProperty("venue").GetString()!, Read(item)));
            }

            return faults;
        }
        catch (Exception exception) when (exception
            is System.IO.IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
            or KeyNotFoundException)
        {
            throw new ExchangeConfigurationException(
                $"faults of {path}: {exception.Message} (expected a list of objects with venue and name)");
        }
    }

    /// <summary>Writes what waits at a venue and what was provoked.</summary>
    public static byte[] Write(FaultPlan plan, string venue) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("venue", venue);
        json.WriteStartArray("armed");
        foreach (var fault in plan.Armed(venue))
        {
            json.WriteStartObject();
            json.WriteString("name", fault.Name);
            json.WriteString("symbol", fault.Symbol);
            json.WriteNumber("count", fault.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("provoked");
        foreach (var (name, count) in plan.Provoked(venue))
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Writes the catalog.</summary>
    public static byte[] WriteCatalog() => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        foreach (var behavior in FaultCatalog.All)
        {
            json.WriteStartObject();
            json.WriteString("name", behavior.Name);
            json.WriteString("place", behavior.Place.ToString());
            json.WriteString("text", behavior.Text);
            json.WriteStartArray("venues");
            foreach (var venue in behavior.Venues)
            {
                json.WriteStringValue(venue);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static Fault With(Fault fault, string name, JsonElement value)
    {
        try
        {
            return name switch
            {
                "venue" => fault,
                "name" => fault with { Name = value.GetString() ?? string.Empty },
                "symbol" => fault with { Symbol = value.GetString() },
                "count" => fault with { Count = value.GetInt32() },
                "forMillis" => fault with { For = TimeSpan.FromMilliseconds(value.GetDouble()) },
                "delayMillis" => fault with { Delay = TimeSpan.FromMilliseconds(value.GetDouble()) },
                "code" => fault with { Code = value.GetInt32() },
                "retryAfterSeconds" => fault with { RetryAfterSeconds = value.GetInt32() },
                "bytes" => fault with { Bytes = value.GetInt32() },
                "basisPoints" => fault with { BasisPoints = value.GetDouble() },
                "share" => fault with { Share = value.GetDouble() },
                _ => throw new ExchangeConfigurationException(
                    $"unknown field '{name}' of a fault: there are name, symbol, count, forMillis, delayMillis, code, "
                    + "retryAfterSeconds, bytes, basisPoints, share"),
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new ExchangeConfigurationException($"field '{name}' of a fault: {exception.Message}");
        }
    }
}
