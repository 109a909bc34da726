using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Binance by the slow way.</summary>
internal sealed class SlowBinance : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root || !TryCollect(root, fields))
        {
            return Broken;
        }

        var symbol = fields.TryGetValue("s", out var named) ? SlowJson.TextOf(named) : "";
        if (fields.TryGetValue("e", out var type))
        {
            return SlowJson.TextOf(type) switch
            {
                "depthUpdate" => Diff(fields, symbol, known),
                "serverShutdown" => new SlowReading(FrameKind.ReconnectRequested),
                _ => new SlowReading(FrameKind.Ignored),
            };
        }

        if (fields.ContainsKey("B") && fields.ContainsKey("A"))
        {
            return Top(fields, symbol, known);
        }

        return new SlowReading(
            fields.ContainsKey("code") || fields.ContainsKey("error") ? FrameKind.Refused
            : fields.ContainsKey("result") ? FrameKind.Acknowledged
            : FrameKind.Ignored);
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol)
    {
        if (SlowJson.Parse(body) is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("lastUpdateId", out var id) || !SlowJson.TryInteger(id, out var last) || last <= 0
            || !root.TryGetProperty("bids", out var bids) || !root.TryGetProperty("asks", out var asks))
        {
            return Broken;
        }

        var message = new SlowMessage(symbol, EventKind.Snapshot, 0, last, null);
        return SlowJson.TryRows(bids, message.Bids) && SlowJson.TryRows(asks, message.Asks)
            ? new SlowReading(FrameKind.Depth, symbol) { Messages = [message] }
            : Broken;
    }

    private static bool TryCollect(JsonElement element, Dictionary<string, JsonElement> fields)
    {
        foreach (var property in element.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "data" when value.ValueKind == JsonValueKind.Object:
                    if (!TryCollect(value, fields))
                    {
                        return false;
                    }

                    break;
                case "E" or "U" or "u":
                    if (value.ValueKind == JsonValueKind.Number)
                    {
                        if (!SlowJson.TryInteger(value, out _))
                        {
                            return false;
                        }

                        fields[name] = value;
                    }

                    break;
                case "e" or "s":
                    if (value.ValueKind == JsonValueKind.String)
                    {
                        fields[name] = value;
                    }

                    break;
                default:
                    fields[name] = value;
                    break;
            }
        }

        return true;
    }

    private static long Id(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var element) && SlowJson.TryInteger(element, out var id) ? id : 0;

    private static SlowReading Diff(
        Dictionary<string, JsonElement> fields, string symbol, IReadOnlySet<string> known)
    {
        var broken = new SlowReading(FrameKind.Failed, known.Contains(symbol) ? symbol : "");
        var (first, last) = (Id(fields, "U"), Id(fields, "u"));
        if (symbol.Length == 0 || first == 0 || last == 0 || first > last
            || !fields.TryGetValue("b", out var bids) || !fields.TryGetValue("a", out var asks))
        {
            return broken;
        }

        if (!known.Contains(symbol))
        {
            return new SlowReading(FrameKind.Ignored);
        }

        var message = new SlowMessage(symbol, EventKind.Update, first, last, null);
        return SlowJson.TryRows(bids, message.Bids) && SlowJson.TryRows(asks, message.Asks)
            ? new SlowReading(FrameKind.Depth, symbol) { Messages = [message] }
            : broken;
    }

    private static SlowReading Top(
        Dictionary<string, JsonElement> fields, string symbol, IReadOnlySet<string> known)
    {
        if (!known.Contains(symbol))
        {
            return new SlowReading(FrameKind.Ignored);
        }

        var last = Id(fields, "u");
        var message = new SlowMessage(symbol, EventKind.TopOfBook, 0, last, null);
        return last != 0 && TryTop(fields, "b", "B", message.Bids) && TryTop(fields, "a", "A", message.Asks)
            ? new SlowReading(FrameKind.TopOfBook, symbol) { Messages = [message] }
            : new SlowReading(FrameKind.Failed, symbol);
    }

    private static bool TryTop(
        Dictionary<string, JsonElement> fields, string price, string quantity, List<SlowLevel> levels)
    {
        if (!fields.TryGetValue(price, out var priceText) || priceText.ValueKind != JsonValueKind.String
            || !fields.TryGetValue(quantity, out var quantityText) || quantityText.ValueKind != JsonValueKind.String
            || !SlowJson.TryLevel(SlowJson.TextOf(priceText), SlowJson.TextOf(quantityText), out var level))
        {
            return false;
        }

        levels.Add(level);
        return true;
    }
}
