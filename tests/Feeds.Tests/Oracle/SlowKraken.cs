using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Kraken v2 by the slow way.</summary>
internal sealed class SlowKraken : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root || !TryCollect(root, fields))
        {
            return Broken;
        }

        var method = Text(fields, "method");
        var channel = Text(fields, "channel");
        if (method.Length != 0)
        {
            return Answer(fields, method, channel, known);
        }

        if (channel != "book")
        {
            return new SlowReading(channel == "heartbeat" ? FrameKind.Heartbeat : FrameKind.Ignored);
        }

        return Text(fields, "type") switch
        {
            "snapshot" => Books(fields, EventKind.Snapshot, known),
            "update" => Books(fields, EventKind.Update, known),
            _ => Broken,
        };
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) => new(FrameKind.Ignored, symbol);

    private static string Text(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var element) ? SlowJson.TextOf(element) : "";

    private static bool TryCollect(JsonElement element, Dictionary<string, JsonElement> fields)
    {
        foreach (var property in element.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "channel" or "type" or "method" or "symbol" when value.ValueKind == JsonValueKind.String:
                case "data":
                    fields[name] = value;
                    break;
                case "depth" when value.ValueKind == JsonValueKind.Number:
                    if (!SlowJson.TryInteger(value, out _))
                    {
                        return false;
                    }

                    break;
                case "success":
                    if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    {
                        return false;
                    }

                    fields[name] = value;
                    break;
                case "result" when value.ValueKind == JsonValueKind.Object:
                    if (!TryCollect(value, fields))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }

    private static SlowReading Answer(
        Dictionary<string, JsonElement> fields, string method, string channel, IReadOnlySet<string> known)
    {
        if (method == "pong")
        {
            return new SlowReading(FrameKind.Heartbeat);
        }

        var symbol = known.Contains(Text(fields, "symbol")) ? Text(fields, "symbol") : "";
        if (!fields.TryGetValue("success", out var success) || success.ValueKind == JsonValueKind.False)
        {
            return new SlowReading(FrameKind.Refused, symbol);
        }

        return new SlowReading(
            method == "unsubscribe" && channel == "book" && symbol.Length != 0
                ? FrameKind.Unsubscribed
                : FrameKind.Acknowledged,
            symbol);
    }

    private static SlowReading Books(
        Dictionary<string, JsonElement> fields, EventKind kind, IReadOnlySet<string> known)
    {
        if (!fields.TryGetValue("data", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return Broken;
        }

        var messages = new List<SlowMessage>();
        foreach (var element in list.EnumerateArray())
        {
            var (message, broken) = Book(element, kind, known);
            if (broken is not null)
            {
                return broken with { Messages = messages };
            }

            if (message is not null)
            {
                messages.Add(message);
            }
        }

        return messages.Count == 0
            ? new SlowReading(FrameKind.Ignored)
            : new SlowReading(FrameKind.Depth, messages[^1].Symbol) { Messages = messages };
    }

    private static (SlowMessage? Message, SlowReading? Broken) Book(
        JsonElement element, EventKind kind, IReadOnlySet<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (null, Broken);
        }

        var symbol = "";
        long? checksum = null;
        JsonElement bids = default;
        JsonElement asks = default;
        foreach (var property in element.EnumerateObject())
        {
            switch (SlowJson.NameOf(property))
            {
                case "symbol":
                    if (property.Value.ValueKind != JsonValueKind.String)
                    {
                        return (null, Broken);
                    }

                    symbol = SlowJson.TextOf(property.Value);
                    break;
                case "checksum":
                    if (!SlowJson.TryInteger(property.Value, out var value))
                    {
                        return (null, Broken);
                    }

                    checksum = value;
                    break;
                case "bids":
                    bids = property.Value;
                    break;
                case "asks":
                    asks = property.Value;
                    break;
            }
        }

        if (!known.Contains(symbol))
        {
            return (null, symbol.Length == 0 ? Broken : null);
        }

        var message = new SlowMessage(symbol, kind, 0, 0, checksum);
        return checksum is null or (>= 0 and <= uint.MaxValue)
            && TrySide(bids, message.Bids) && TrySide(asks, message.Asks)
                ? (message, null)
                : (null, new SlowReading(FrameKind.Failed, symbol));
    }

    private static bool TrySide(JsonElement side, List<SlowLevel> levels)
    {
        if (side.ValueKind != JsonValueKind.Array)
        {
            return side.ValueKind == JsonValueKind.Undefined;
        }

        foreach (var element in side.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            var (price, quantity) = ("", "");
            foreach (var property in element.EnumerateObject())
            {
                var name = SlowJson.NameOf(property);
                if (name is not ("price" or "qty"))
                {
                    continue;
                }

                if (property.Value.ValueKind != JsonValueKind.Number)
                {
                    return false;
                }

                (price, quantity) = name == "price"
                    ? (property.Value.GetRawText(), quantity)
                    : (price, property.Value.GetRawText());
            }

            if (!SlowJson.TryLevel(price, quantity, out var level))
            {
                return false;
            }

            levels.Add(level);
        }

        return true;
    }
}
