using System;
using System.Text;
using System.Text.Json;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>What the readers of instrument lists share. Cold: once at start.</summary>
internal static class InstrumentList
{
    /// <summary>Parses a body or says what it is not.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body, string what)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{what} is not JSON: {e.Message}", e);
        }
    }

    /// <summary>The elements of an array property.</summary>
    public static JsonElement.ArrayEnumerator Array(JsonElement element, string name, string what) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var array)
        && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray()
            : throw new FormatException($"{what} has no array '{name}'");

    /// <summary>A property that has to be there.</summary>
    public static JsonElement Member(JsonElement element, string name, string what) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
            ? member
            : throw new FormatException($"{what} has an element without '{name}'");

    /// <summary>A property that has to be a text.</summary>
    public static string Text(JsonElement element, string name, string what) =>
        Member(element, name, what) is { ValueKind: JsonValueKind.String } member
            ? member.GetString()!
            : throw new FormatException($"{what} has a '{name}' that is not a text");

    /// <summary>A property that has to be a count of decimal digits.</summary>
    public static int Digits(JsonElement element, string name, string what) =>
        Member(element, name, what) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var digits)
            ? digits
            : throw new FormatException($"{what} has a '{name}' that is not a count of digits");

    /// <summary>
    /// Decimal digits of a step such as <c>"0.01000000"</c> or <c>1e-8</c>: trailing zeros are not digits.
    /// </summary>
    public static int Decimals(JsonElement step)
    {
        var text = step.ValueKind == JsonValueKind.String ? step.GetString()! : step.GetRawText();
        return DecimalText.Parse(Encoding.UTF8.GetBytes(text), out var number) == DecimalOutcome.Exact
            ? number.Scale
            : throw new FormatException($"'{text}' is not a step size");
    }
}
