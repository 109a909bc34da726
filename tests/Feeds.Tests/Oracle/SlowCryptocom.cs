using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Crypto.com v1 by the slow way.</summary>
internal sealed class SlowCryptocom : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root)
        {
            return Broken;
        }

        var (method, subject, code) = ("", "", 0L);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var isData = false;
        JsonElement? content = null;
        foreach (var property in root.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "result" when value.ValueKind == JsonValueKind.Object:
                    isData = true;
                    if (!TryCollect(value, texts, ref content))
                    {
                        return Broken;
                    }

                    break;
                case "method" when value.ValueKind == JsonValueKind.String:
                    method = SlowJson.TextOf(value);
                    break;
                case "channel" when value.ValueKind == JsonValueKind.String:
                    subject = SlowJson.TextOf(value);
                    break;
                case "code" when !SlowJson.TryInteger(value, out code):
                case "id" when value.ValueKind == JsonValueKind.Number && !SlowJson.TryInteger(value, out _):
                    return Broken;
            }
        }

        if (!isData)
        {
            return Answer(method, subject, code, known);
        }

        var symbol = texts.GetValueOrDefault("instrument_name", "");
        var kind = texts.GetValueOrDefault("channel") switch
        {
            "book" => EventKind.Snapshot,
            "book.update" => EventKind.Update,
            _ => EventKind.None,
        };
        return kind != EventKind.None && known.Contains(symbol)
            ? Books(content, kind, symbol)
            : new SlowReading(FrameKind.Ignored);
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) => new(FrameKind.Ignored, symbol);

    private static bool TryCollect(JsonElement result, Dictionary<string, string> texts, ref JsonElement? content)
    {
        foreach (var property in result.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "channel" or "instrument_name" when value.ValueKind == JsonValueKind.String:
                    texts[name] = SlowJson.TextOf(value);
                    break;
                case "depth" when value.ValueKind == JsonValueKind.Number && !SlowJson.TryInteger(value, out _):
                    return false;
                case "data":
                    content = value;
                    break;
            }
        }

        return true;
    }

    private static SlowReading Answer(string method, string subject, long code, IReadOnlySet<string> known)
    {
        if (method == "public/heartbeat")
        {
            return new SlowReading(FrameKind.AnswerWanted);
        }

        var end = subject.LastIndexOf('.');
        var symbol = subject.StartsWith("book.", StringComparison.Ordinal) && end > 4 ? subject[5..end] : "";
        return new SlowReading(
            code != 0 ? FrameKind.Refused
            : method is "subscribe" or "unsubscribe" ? FrameKind.Acknowledged
            : FrameKind.Ignored,
            known.Contains(symbol) ? symbol : "");
    }

    private static SlowReading Books(JsonElement? content, EventKind kind, string symbol)
    {
        var broken = new SlowReading(FrameKind.Failed, symbol);
        if (content is not { ValueKind: JsonValueKind.Array } elements)
        {
            return broken;
        }

        var messages = new List<SlowMessage>();
        foreach (var element in elements.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object || Book(element, kind, symbol) is not { } message)
            {
                return broken with { Messages = messages };
            }

            messages.Add(message);
        }

        return messages.Count == 0
            ? new SlowReading(FrameKind.Ignored)
            : new SlowReading(FrameKind.Depth, symbol) { Messages = messages };
    }

    private static SlowMessage? Book(JsonElement element, EventKind kind, string symbol)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        var sides = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "update" when value.ValueKind == JsonValueKind.Object:
                    foreach (var inner in value.EnumerateObject())
                    {
                        sides[SlowJson.NameOf(inner)] = inner.Value;
                    }

                    break;
                case "t" or "u" or "pu":
                    if (!SlowJson.TryInteger(value, out var number))
                    {
                        return null;
                    }

                    numbers[name] = number;
                    break;
                default:
                    sides[name] = value;
                    break;
            }
        }

        var message = new SlowMessage(
            symbol,
            kind,
            kind == EventKind.Update ? numbers.GetValueOrDefault("pu") : 0,
            numbers.GetValueOrDefault("u"),
            null);
        return message.Last >= 0 && (kind != EventKind.Update || numbers.ContainsKey("u") == numbers.ContainsKey("pu"))
            && sides.TryGetValue("bids", out var bids) && SlowJson.TryRows(bids, message.Bids)
            && sides.TryGetValue("asks", out var asks) && SlowJson.TryRows(asks, message.Asks)
                ? message
                : null;
    }
}
