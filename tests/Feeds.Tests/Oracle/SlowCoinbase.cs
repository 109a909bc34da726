using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Coinbase Exchange by the slow way.</summary>
internal sealed class SlowCoinbase : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root)
        {
            return Broken;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var others = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            if (value.ValueKind == JsonValueKind.String)
            {
                texts[name] = SlowJson.TextOf(value);
            }
            else
            {
                others[name] = value;
            }
        }

        var product = texts.GetValueOrDefault("product_id", "");
        return texts.GetValueOrDefault("type") switch
        {
            "snapshot" or "l2update" when product.Length == 0 => Broken,
            "snapshot" or "l2update" when !known.Contains(product) => new SlowReading(FrameKind.Ignored),
            "snapshot" => Snapshot(others, product),
            "l2update" => Update(others, product),
            "heartbeat" => new SlowReading(FrameKind.Heartbeat),
            "subscriptions" => new SlowReading(FrameKind.Acknowledged),
            "error" => Refused(texts.GetValueOrDefault("reason", "").Split(' ')[0], known),
            _ => new SlowReading(FrameKind.Ignored),
        };
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) => new(FrameKind.Ignored, symbol);

    private static SlowReading Refused(string product, IReadOnlySet<string> known) =>
        new(FrameKind.Refused, known.Contains(product) ? product : "");

    private static SlowReading Snapshot(Dictionary<string, JsonElement> fields, string product)
    {
        var message = new SlowMessage(product, EventKind.Snapshot, 0, 0, null);
        return fields.TryGetValue("bids", out var bids) && fields.TryGetValue("asks", out var asks)
            && SlowJson.TryRows(bids, message.Bids) && SlowJson.TryRows(asks, message.Asks)
                ? new SlowReading(FrameKind.Depth, product) { Messages = [message] }
                : new SlowReading(FrameKind.Failed, product);
    }

    private static SlowReading Update(Dictionary<string, JsonElement> fields, string product)
    {
        var broken = new SlowReading(FrameKind.Failed, product);
        var message = new SlowMessage(product, EventKind.Update, 0, 0, null);
        if (!fields.TryGetValue("changes", out var changes) || changes.ValueKind != JsonValueKind.Array)
        {
            return broken;
        }

        foreach (var row in changes.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < 3
                || row[0].ValueKind != JsonValueKind.String
                || !SlowJson.TryLevel(row[1], row[2], out var level))
            {
                return broken;
            }

            switch (SlowJson.TextOf(row[0]))
            {
                case "buy":
                    message.Bids.Add(level);
                    break;
                case "sell":
                    message.Asks.Add(level);
                    break;
                default:
                    return broken;
            }
        }

        return new SlowReading(FrameKind.Depth, product) { Messages = [message] };
    }
}
