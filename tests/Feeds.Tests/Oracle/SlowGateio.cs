using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Gate by the slow way.</summary>
internal sealed class SlowGateio : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root || !TryCollect(root, fields))
        {
            return Broken;
        }

        var (channel, happened) = (Text(fields, "channel"), Text(fields, "event"));
        if (fields.ContainsKey("error") || happened is "subscribe" or "unsubscribe")
        {
            return Answer(fields, known);
        }

        var stream = Text(fields, "s");
        var symbol = channel == "spot.order_book_update" ? stream
            : channel is "spot.obu" or "" ? Pair(stream)
            : "";
        return known.Contains(symbol)
            ? Levels(fields, symbol)
            : new SlowReading(
                symbol.Length == 0 && channel == "spot.pong" ? FrameKind.Heartbeat : FrameKind.Ignored);
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol)
    {
        var message = default(SlowMessage);
        return SlowJson.Parse(body) is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("id", out var id) && SlowJson.TryInteger(id, out var last) && last > 0
            && root.TryGetProperty("bids", out var bids) && root.TryGetProperty("asks", out var asks)
            && (message = new SlowMessage(symbol, EventKind.Snapshot, 0, last, null)) is not null
            && SlowJson.TryRows(bids, message.Bids) && SlowJson.TryRows(asks, message.Asks)
                ? new SlowReading(FrameKind.Depth, symbol) { Messages = [message] }
                : new SlowReading(FrameKind.Failed, symbol);
    }

    private static string Text(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var element) ? SlowJson.TextOf(element) : "";

    private static long Id(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var element) && SlowJson.TryInteger(element, out var id) ? id : 0;

    /// <summary>The pair of <c>ob.PAIR.LEVELS</c>; empty for another text.</summary>
    private static string Pair(string stream)
    {
        var parts = stream.Split('.');
        return parts.Length >= 3 && parts[0] == "ob" && parts[^1].Length is >= 1 and <= 4
            && parts[^1].All(char.IsAsciiDigit)
                ? string.Join('.', parts[1..^1])
                : "";
    }

    private static bool TryCollect(JsonElement element, Dictionary<string, JsonElement> fields)
    {
        foreach (var property in element.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "result" or "error" when value.ValueKind == JsonValueKind.Object:
                    if (name == "error")
                    {
                        fields["error"] = value;
                    }

                    if (!TryCollect(value, fields))
                    {
                        return false;
                    }

                    break;
                case "t" or "U" or "u" when value.ValueKind == JsonValueKind.Number:
                    if (!SlowJson.TryInteger(value, out _))
                    {
                        return false;
                    }

                    fields[name] = value;
                    break;
                case "payload" when value.ValueKind == JsonValueKind.Array:
                    if (value.GetArrayLength() != 0 && value[0].ValueKind == JsonValueKind.String)
                    {
                        fields[name] = value[0];
                    }

                    break;
                case "s" or "channel" or "event" or "status" or "message"
                    when value.ValueKind == JsonValueKind.String:
                case "full" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                case "a" or "b":
                    fields[name] = value;
                    break;
            }
        }

        return true;
    }

    private static SlowReading Levels(Dictionary<string, JsonElement> fields, string symbol)
    {
        var isFull = fields.TryGetValue("full", out var full) && full.ValueKind == JsonValueKind.True;
        var (first, last) = (Id(fields, "U"), Id(fields, "u"));
        var failed = new SlowReading(FrameKind.Failed, symbol);
        if (last <= 0 || (!isFull && (first <= 0 || first > last)))
        {
            return failed;
        }

        var message = isFull
            ? new SlowMessage(symbol, EventKind.Snapshot, 0, last, null) { IsPushed = true }
            : new SlowMessage(symbol, EventKind.Update, first, last, null);
        return TrySide(fields, "b", isFull, message.Bids) && TrySide(fields, "a", isFull, message.Asks)
            ? new SlowReading(FrameKind.Depth, symbol) { Messages = [message] }
            : failed;
    }

    private static bool TrySide(
        Dictionary<string, JsonElement> fields, string name, bool isFull, List<SlowLevel> levels) =>
        fields.TryGetValue(name, out var rows) ? SlowJson.TryRows(rows, levels) : !isFull;

    private static SlowReading Answer(Dictionary<string, JsonElement> fields, IReadOnlySet<string> known)
    {
        var subject = Text(fields, "payload");
        var symbol = Pair(subject).Length != 0 ? Pair(subject) : subject;
        var refused = fields.ContainsKey("error") || Text(fields, "status") == "fail";
        var isServed = Text(fields, "message").StartsWith("Alert sub ", StringComparison.Ordinal);
        return new SlowReading(
            refused && !isServed ? FrameKind.Refused : FrameKind.Acknowledged, known.Contains(symbol) ? symbol : "");
    }
}
