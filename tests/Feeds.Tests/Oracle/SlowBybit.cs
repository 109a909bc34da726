using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Bybit v5 spot by the slow way.</summary>
internal sealed class SlowBybit : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root)
        {
            return Broken;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var success = false;
        JsonElement content = default;
        foreach (var property in root.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "topic" or "type" or "op" or "ret_msg" or "req_id" when value.ValueKind == JsonValueKind.String:
                    texts[name] = SlowJson.TextOf(value);
                    break;
                case "data":
                    content = value;
                    break;
                case "ts" or "cts" when !SlowJson.TryInteger(value, out _):
                    return Broken;
                case "success":
                    if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    {
                        return Broken;
                    }

                    success = value.GetBoolean();
                    break;
            }
        }

        if (texts.GetValueOrDefault("op", "").Length != 0)
        {
            return Answer(texts, success, known);
        }

        if (!texts.GetValueOrDefault("topic", "").StartsWith("orderbook.", StringComparison.Ordinal))
        {
            return new SlowReading(FrameKind.Ignored);
        }

        return texts.GetValueOrDefault("type") switch
        {
            "delta" => Book(content, EventKind.Update, known),
            "snapshot" => Book(content, EventKind.Snapshot, known),
            _ => Broken,
        };
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) => new(FrameKind.Ignored, symbol);

    private static SlowReading Answer(Dictionary<string, string> texts, bool success, IReadOnlySet<string> known)
    {
        var operation = texts["op"];
        if (operation == "pong" || (operation == "ping" && success))
        {
            return new SlowReading(FrameKind.Heartbeat);
        }

        var symbol = texts.GetValueOrDefault("req_id", "");
        var words = texts.GetValueOrDefault("ret_msg", "");
        if (!known.Contains(symbol))
        {
            symbol = words.Contains("topic:orderbook.", StringComparison.Ordinal) ? words.Split('.')[^1] : "";
            symbol = known.Contains(symbol) ? symbol : "";
        }

        return new SlowReading(
            !success ? FrameKind.Refused
            : operation == "unsubscribe" && symbol.Length != 0 ? FrameKind.Unsubscribed
            : FrameKind.Acknowledged,
            symbol);
    }

    private static SlowReading Book(JsonElement content, EventKind kind, IReadOnlySet<string> known)
    {
        if (content.ValueKind != JsonValueKind.Object)
        {
            return Broken;
        }

        var (symbol, updateId) = ("", 0L);
        JsonElement bids = default;
        JsonElement asks = default;
        foreach (var property in content.EnumerateObject())
        {
            switch (SlowJson.NameOf(property))
            {
                case "s":
                    if (property.Value.ValueKind != JsonValueKind.String)
                    {
                        return Broken;
                    }

                    symbol = SlowJson.TextOf(property.Value);
                    break;
                case "b":
                    bids = property.Value;
                    break;
                case "a":
                    asks = property.Value;
                    break;
                case "u":
                    if (!SlowJson.TryInteger(property.Value, out updateId))
                    {
                        return Broken;
                    }

                    break;
            }
        }

        if (!known.Contains(symbol))
        {
            return symbol.Length == 0 ? Broken : new SlowReading(FrameKind.Ignored);
        }

        kind = updateId == 1 ? EventKind.Snapshot : kind;
        var message = new SlowMessage(symbol, kind, updateId, updateId, null);
        return updateId > 0 && SlowJson.TryRows(bids, message.Bids) && SlowJson.TryRows(asks, message.Asks)
            ? new SlowReading(FrameKind.Depth, symbol) { Messages = [message] }
            : new SlowReading(FrameKind.Failed, symbol);
    }
}
