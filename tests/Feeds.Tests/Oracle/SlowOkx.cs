using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>OKX v5 by the slow way.</summary>
internal sealed class SlowOkx : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (frame.Span.SequenceEqual("pong"u8))
        {
            return new SlowReading(FrameKind.Heartbeat);
        }

        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root)
        {
            return Broken;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonElement content = default;
        foreach (var property in root.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            switch (name)
            {
                case "event" or "code" or "action" when value.ValueKind == JsonValueKind.String:
                    texts[name] = SlowJson.TextOf(value);
                    break;
                case "data":
                    content = value;
                    break;
                case "arg" when value.ValueKind == JsonValueKind.Object:
                    Collect(value, texts);
                    break;
            }
        }

        var symbol = texts.GetValueOrDefault("instId", "");
        symbol = texts.GetValueOrDefault("channel") == "books" && known.Contains(symbol) ? symbol : "";
        if (texts.GetValueOrDefault("event", "").Length != 0)
        {
            return Event(texts["event"], texts.GetValueOrDefault("code", ""), symbol);
        }

        if (symbol.Length == 0)
        {
            return new SlowReading(FrameKind.Ignored);
        }

        return texts.GetValueOrDefault("action") switch
        {
            "update" => Books(content, EventKind.Update, symbol),
            "snapshot" => Books(content, EventKind.Snapshot, symbol),
            _ => new SlowReading(FrameKind.Failed, symbol),
        };
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) => new(FrameKind.Ignored, symbol);

    private static void Collect(JsonElement argument, Dictionary<string, string> texts)
    {
        foreach (var property in argument.EnumerateObject())
        {
            if (SlowJson.NameOf(property) is "channel" or "instId" && property.Value.ValueKind == JsonValueKind.String)
            {
                texts[SlowJson.NameOf(property)] = SlowJson.TextOf(property.Value);
            }
        }
    }

    private static SlowReading Event(string happened, string code, string symbol) => happened switch
    {
        "error" or "channel-conn-count-error" => new SlowReading(FrameKind.Refused, symbol),
        "unsubscribe" when symbol.Length != 0 => new SlowReading(FrameKind.Unsubscribed, symbol),
        "subscribe" or "unsubscribe" => new SlowReading(FrameKind.Acknowledged, symbol),
        "notice" when code == "64008" => new SlowReading(FrameKind.ReconnectRequested),
        _ => new SlowReading(FrameKind.Ignored),
    };

    private static SlowReading Books(JsonElement content, EventKind kind, string symbol)
    {
        var broken = new SlowReading(FrameKind.Failed, symbol);
        if (content.ValueKind != JsonValueKind.Array)
        {
            return broken;
        }

        var messages = new List<SlowMessage>();
        foreach (var element in content.EnumerateArray())
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
        JsonElement bids = default;
        JsonElement asks = default;
        foreach (var property in element.EnumerateObject())
        {
            switch (SlowJson.NameOf(property))
            {
                case "bids":
                    bids = property.Value;
                    break;
                case "asks":
                    asks = property.Value;
                    break;
                case "ts" or "checksum" or "seqId" or "prevSeqId":
                    if (!SlowJson.TryInteger(property.Value, out var number))
                    {
                        return null;
                    }

                    numbers[SlowJson.NameOf(property)] = number;
                    break;
            }
        }

        var checksum = numbers.GetValueOrDefault("checksum");
        var message = new SlowMessage(
            symbol,
            kind,
            numbers.GetValueOrDefault("prevSeqId"),
            numbers.GetValueOrDefault("seqId"),
            checksum == 0 ? null : unchecked((uint)checksum));
        return numbers.ContainsKey("seqId") == numbers.ContainsKey("prevSeqId") && message.Last >= 0
            && checksum is >= int.MinValue and <= int.MaxValue
            && SlowJson.TryRows(bids, message.Bids) && SlowJson.TryRows(asks, message.Asks)
                ? message
                : null;
    }
}
