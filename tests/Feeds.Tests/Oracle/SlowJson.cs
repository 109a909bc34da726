using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>What the slow dialects share. A property that is there twice counts as it was written last.</summary>
internal static partial class SlowJson
{
    /// <summary>The whole text as one value; null when it is not JSON.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";   // half a pair of surrogates
        }
    }

    public static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }

    /// <summary>A whole number, given as a number or in a string.</summary>
    public static bool TryInteger(JsonElement element, out long value)
    {
        value = 0;
        var text = element.ValueKind switch
        {
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.String => TextOf(element),
            _ => "",
        };
        var digits = text.StartsWith('-') ? text[1..] : text;
        return digits.Length is > 0 and <= 19 && digits.All(char.IsAsciiDigit)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A level from its texts.</summary>
    public static bool TryLevel(string price, string quantity, out SlowLevel level)
    {
        level = default;
        if (!SlowNumber.TryParse(price, out var priceValue, out var priceDigits)
            || !SlowNumber.TryParse(quantity, out var quantityValue, out var quantityDigits)
            || priceValue <= 0 || quantityValue < 0)
        {
            return false;
        }

        level = new SlowLevel(priceValue, quantityValue, priceDigits, quantityDigits)
        {
            IsOdd = quantityValue != 0 && !(ShortestNumber().IsMatch(price) && ShortestNumber().IsMatch(quantity)),
        };
        return true;
    }

    /// <summary>A level from two values, each a number or a string.</summary>
    public static bool TryLevel(JsonElement price, JsonElement quantity, out SlowLevel level)
    {
        level = default;
        return price.ValueKind is JsonValueKind.String or JsonValueKind.Number
            && quantity.ValueKind is JsonValueKind.String or JsonValueKind.Number
            && TryLevel(NumberText(price), NumberText(quantity), out level);
    }

    /// <summary>Rows such as <c>["61737.63","0"]</c>.</summary>
    public static bool TryRows(JsonElement rows, List<SlowLevel> levels, bool passesZeroPrices = false)
    {
        if (rows.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < 2
                || row[0].ValueKind is not (JsonValueKind.String or JsonValueKind.Number)
                || row[1].ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            {
                return false;
            }

            if (passesZeroPrices && SlowNumber.TryParse(NumberText(row[0]), out var price, out _) && price == 0)
            {
                continue;
            }

            if (!TryLevel(NumberText(row[0]), NumberText(row[1]), out var level))
            {
                return false;
            }

            levels.Add(level);
        }

        return true;
    }

    [GeneratedRegex(@"\A(0|[1-9][0-9]*)(\.[0-9]*[1-9])?\z")]
    private static partial Regex ShortestNumber();

    private static string NumberText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.String => TextOf(element),
        _ => "",
    };
}
