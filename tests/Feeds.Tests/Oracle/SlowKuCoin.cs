using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>KuCoin by the slow way.</summary>
internal sealed class SlowKuCoin : ISlowDialect
{
    private const string Level2 = "/market/level2:";
    private const string Ticker = "/market/ticker:";
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root)
        {
            return Broken;
        }

        var texts = new Dictionary<string, string> { ["type"] = "", ["topic"] = "", ["id"] = "" };
        JsonElement content = default;
        foreach (var property in root.EnumerateObject())
        {
            var name = SlowJson.NameOf(property);
            if (name == "data")
            {
                content = property.Value;
            }
            else if (texts.ContainsKey(name) && property.Value.ValueKind == JsonValueKind.String)
            {
                texts[name] = SlowJson.TextOf(property.Value);
            }
        }

        if (texts["type"] != "message")
        {
            return Control(texts["type"], texts["id"], known);
        }

        var topic = texts["topic"];
        var isUpdate = topic.StartsWith(Level2, StringComparison.Ordinal);
        var symbol = isUpdate ? topic[Level2.Length..]
            : topic.StartsWith(Ticker, StringComparison.Ordinal) ? topic[Ticker.Length..]
            : "";
        if (!known.Contains(symbol))
        {
            return new SlowReading(FrameKind.Ignored);
        }

        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        return !TryCollect(content, fields) ? new SlowReading(FrameKind.Failed, symbol)
            : isUpdate ? Update(fields, symbol)
            : Top(fields, symbol);
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var broken = new SlowReading(FrameKind.Failed, symbol);
        return SlowJson.Parse(body) is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("data", out var content) && TryCollect(content, fields)
            && Integer(fields, "sequence") > 0
                ? Levels(fields, new SlowMessage(symbol, EventKind.Snapshot, 0, Integer(fields, "sequence"), null))
                : broken;
    }

    private static SlowReading Control(string type, string id, IReadOnlySet<string> known) => type switch
    {
        "welcome" => new SlowReading(FrameKind.Welcome),
        "pong" => new SlowReading(FrameKind.Heartbeat),
        "ack" => new SlowReading(FrameKind.Acknowledged),
        "error" => new SlowReading(FrameKind.Refused, known.Contains(id) ? id : ""),
        _ => new SlowReading(FrameKind.Ignored),
    };

    /// <summary>What the data says; the sides of an update stand in an object of their own.</summary>
    private static bool TryCollect(JsonElement element, Dictionary<string, JsonElement> fields)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var property in element.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "changes" when value.ValueKind == JsonValueKind.Object:
                    if (!TryCollect(value, fields))
                    {
                        return false;
                    }

                    break;
                case "sequenceStart" or "sequenceEnd" or "sequence":
                case "time" when value.ValueKind == JsonValueKind.Number:
                    if (!SlowJson.TryInteger(value, out _))
                    {
                        return false;
                    }

                    fields[name == "sequenceEnd" ? "sequence" : name] = value;
                    break;
                case "bestBid":
                    fields["bids"] = value;
                    break;
                case "bestAsk":
                    fields["asks"] = value;
                    break;
                default:
                    fields[name] = value;
                    break;
            }
        }

        return true;
    }

    private static long Integer(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var element) && SlowJson.TryInteger(element, out var value) ? value : 0;

    private static SlowReading Update(Dictionary<string, JsonElement> fields, string symbol)
    {
        var (first, last) = (Integer(fields, "sequenceStart"), Integer(fields, "sequence"));
        return first <= 0 || first > last
            ? new SlowReading(FrameKind.Failed, symbol)
            : Levels(fields, new SlowMessage(symbol, EventKind.Update, first, last, null));
    }

    private static SlowReading Levels(Dictionary<string, JsonElement> fields, SlowMessage message)
    {
        var passes = message.Kind == EventKind.Update;
        return fields.TryGetValue("bids", out var bids) && fields.TryGetValue("asks", out var asks)
            && SlowJson.TryRows(bids, message.Bids, passes) && SlowJson.TryRows(asks, message.Asks, passes)
                ? new SlowReading(FrameKind.Depth, message.Symbol) { Messages = [message] }
                : new SlowReading(FrameKind.Failed, message.Symbol);
    }

    private static SlowReading Top(Dictionary<string, JsonElement> fields, string symbol)
    {
        if (Integer(fields, "sequence") <= 0)
        {
            return new SlowReading(FrameKind.Failed, symbol);
        }

        var texts = new List<string>();
        foreach (var name in new[] { "bids", "bestBidSize", "asks", "bestAskSize" })
        {
            if (!fields.TryGetValue(name, out var value) || value.ValueKind != JsonValueKind.String)
            {
                return new SlowReading(FrameKind.Ignored, symbol);
            }

            texts.Add(SlowJson.TextOf(value));
        }

        var message = new SlowMessage(symbol, EventKind.TopOfBook, 0, Integer(fields, "sequence"), null);
        if (!SlowJson.TryLevel(texts[0], texts[1], out var bid) || !SlowJson.TryLevel(texts[2], texts[3], out var ask))
        {
            return new SlowReading(FrameKind.Failed, symbol);
        }

        message.Bids.Add(bid);
        message.Asks.Add(ask);
        return new SlowReading(FrameKind.TopOfBook, symbol) { Messages = [message] };
    }
}
