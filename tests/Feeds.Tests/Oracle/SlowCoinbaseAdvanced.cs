using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Coinbase Advanced Trade by the slow way; whoever reads it keeps the count of messages.</summary>
internal sealed class SlowCoinbaseAdvanced : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root)
        {
            return Broken;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonElement events = default;
        long? number = null;
        foreach (var property in root.EnumerateObject())
        {
            switch (SlowJson.NameOf(property))
            {
                case "channel" or "type" when property.Value.ValueKind == JsonValueKind.String:
                    texts[SlowJson.NameOf(property)] = SlowJson.TextOf(property.Value);
                    break;
                case "events":
                    events = property.Value;
                    break;
                case "sequence_num":
                    if (!SlowJson.TryInteger(property.Value, out var value))
                    {
                        return Broken;
                    }

                    number = value < 0 ? null : value;
                    break;
            }
        }

        if (texts.GetValueOrDefault("type") == "error")
        {
            return new SlowReading(FrameKind.Refused);
        }

        if (number is null)
        {
            return Broken;
        }

        var reading = texts.GetValueOrDefault("channel") switch
        {
            "l2_data" => Events(events, known),
            "heartbeats" => new SlowReading(FrameKind.Heartbeat),
            "subscriptions" => new SlowReading(FrameKind.Acknowledged),
            _ => new SlowReading(FrameKind.Ignored),
        };
        return reading with { Number = number };
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) => new(FrameKind.Ignored, symbol);

    private static SlowReading Events(JsonElement events, IReadOnlySet<string> known)
    {
        if (events.ValueKind != JsonValueKind.Array)
        {
            return Broken;
        }

        var messages = new List<SlowMessage>();
        var last = "";
        foreach (var item in events.EnumerateArray())
        {
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            JsonElement updates = default;
            if (item.ValueKind != JsonValueKind.Object)
            {
                return Broken with { Messages = messages };
            }

            foreach (var property in item.EnumerateObject())
            {
                switch (SlowJson.NameOf(property))
                {
                    case "type" or "product_id" when property.Value.ValueKind == JsonValueKind.String:
                        texts[SlowJson.NameOf(property)] = SlowJson.TextOf(property.Value);
                        break;
                    case "updates":
                        updates = property.Value;
                        break;
                }
            }

            var product = texts.GetValueOrDefault("product_id", "");
            if (product.Length == 0)
            {
                return Broken with { Messages = messages };
            }

            if (!known.Contains(product))
            {
                continue;
            }

            if (Message(texts.GetValueOrDefault("type", ""), product, updates) is not { } message)
            {
                return new SlowReading(FrameKind.Failed, product) { Messages = messages };
            }

            messages.Add(message);
            last = product;
        }

        return messages.Count == 0
            ? new SlowReading(FrameKind.Ignored)
            : new SlowReading(FrameKind.Depth, last) { Messages = messages };
    }

    private static SlowMessage? Message(string type, string product, JsonElement updates)
    {
        if (type is not ("snapshot" or "update") || updates.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var kind = type == "snapshot" ? EventKind.Snapshot : EventKind.Update;
        var message = new SlowMessage(product, kind, 0, 0, null);
        foreach (var row in updates.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Object || !TryRow(row, message))
            {
                return null;
            }
        }

        return message;
    }

    private static bool TryRow(JsonElement row, SlowMessage message)
    {
        var side = "";
        JsonElement price = default;
        JsonElement quantity = default;
        foreach (var property in row.EnumerateObject())
        {
            switch (SlowJson.NameOf(property))
            {
                case "side" when property.Value.ValueKind == JsonValueKind.String:
                    side = SlowJson.TextOf(property.Value);
                    break;
                case "price_level" or "new_quantity"
                    when property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number):
                    return false;
                case "price_level":
                    price = property.Value;
                    break;
                case "new_quantity":
                    quantity = property.Value;
                    break;
            }
        }

        if (side is not ("bid" or "offer") || !SlowJson.TryLevel(price, quantity, out var level))
        {
            return false;
        }

        (side == "bid" ? message.Bids : message.Asks).Add(level);
        return true;
    }
}
