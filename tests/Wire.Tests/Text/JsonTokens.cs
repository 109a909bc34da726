using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Wire.Tests.Text;

/// <summary>
/// The tokens of a JSON text, read by the scanner and by the runtime's reader; null when it is refused.
/// </summary>
internal static class JsonTokens
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = JsonScanner.MaxDepth };

    public static List<string>? ByRuntime(ReadOnlySpan<byte> json)
    {
        var tokens = new List<string>();
        var reader = new Utf8JsonReader(json, Strict);
        try
        {
            while (reader.Read())
            {
                tokens.Add(reader.TokenType switch
                {
                    JsonTokenType.StartObject => "{",
                    JsonTokenType.EndObject => "}",
                    JsonTokenType.StartArray => "[",
                    JsonTokenType.EndArray => "]",
                    JsonTokenType.PropertyName => "name " + Text(reader.ValueSpan, reader.ValueIsEscaped),
                    JsonTokenType.String => "text " + Text(reader.ValueSpan, reader.ValueIsEscaped),
                    _ => Encoding.Latin1.GetString(reader.ValueSpan),
                });
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return tokens;
    }

    public static List<string>? ByScanner(ReadOnlySpan<byte> json)
    {
        var tokens = new List<string>();
        var scanner = new JsonScanner(json);
        return TryWalk(ref scanner, json, tokens) && scanner.TryFinish() ? tokens : null;
    }

    /// <summary>Passes the whole text without looking into it.</summary>
    public static bool ScannerSkips(ReadOnlySpan<byte> json)
    {
        var scanner = new JsonScanner(json);
        return scanner.TrySkip() && scanner.TryFinish();
    }

    private static bool TryWalk(ref JsonScanner scanner, ReadOnlySpan<byte> json, List<string> tokens)
    {
        switch (scanner.Peek())
        {
            case JsonKind.Object:
                return TryWalkObject(ref scanner, json, tokens);
            case JsonKind.Array:
                return TryWalkArray(ref scanner, json, tokens);
            case JsonKind.String:
                var isText = scanner.TryReadString(out var text);
                tokens.Add("text " + Text(text.Raw, text.IsEscaped));
                return isText;
            case JsonKind.Number:
                var isNumber = scanner.TryReadNumber(out var number);
                tokens.Add(Encoding.Latin1.GetString(number));
                return isNumber;
            case JsonKind.True or JsonKind.False:
                var isBoolean = scanner.TryReadBoolean(out var value);
                tokens.Add(value ? "true" : "false");
                return isBoolean;
            default:
                tokens.Add("null");
                return scanner.TrySkip();
        }
    }

    private static bool TryWalkObject(ref JsonScanner scanner, ReadOnlySpan<byte> json, List<string> tokens)
    {
        tokens.Add("{");
        if (!scanner.TryEnterObject())
        {
            return false;
        }

        while (scanner.TryNextName(out var name))
        {
            tokens.Add("name " + Text(name.Raw, name.IsEscaped));
            if (!TryWalk(ref scanner, json, tokens))
            {
                return false;
            }
        }

        tokens.Add("}");
        return scanner.Fault == JsonFault.None;
    }

    private static bool TryWalkArray(ref JsonScanner scanner, ReadOnlySpan<byte> json, List<string> tokens)
    {
        tokens.Add("[");
        if (!scanner.TryEnterArray())
        {
            return false;
        }

        while (scanner.TryNextElement())
        {
            if (!TryWalk(ref scanner, json, tokens))
            {
                return false;
            }
        }

        tokens.Add("]");
        return scanner.Fault == JsonFault.None;
    }

    private static string Text(ReadOnlySpan<byte> raw, bool escaped) =>
        (escaped ? "escaped " : "") + Encoding.Latin1.GetString(raw);
}
