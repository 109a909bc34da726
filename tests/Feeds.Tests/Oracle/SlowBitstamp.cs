using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Bitstamp by the slow way.</summary>
internal sealed class SlowBitstamp : ISlowDialect
{
    private const string Changes = "diff_order_book_";
    private const string WholeBook = "order_book_";
    private static readonly SlowReading Broken = new(FrameKind.Failed);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root)
        {
            return Broken;
        }

        var (happened, channel) = ("", "");
        JsonElement content = default;
        foreach (var property in root.EnumerateObject())
        {
            switch (SlowJson.NameOf(property))
            {
                case "event":
                    if (property.Value.ValueKind != JsonValueKind.String)
                    {
                        return Broken;
                    }

                    happened = SlowJson.TextOf(property.Value);
                    break;
                case "channel" when property.Value.ValueKind == JsonValueKind.String:
                    channel = SlowJson.TextOf(property.Value);
                    break;
                case "data":
                    content = property.Value;
                    break;
            }
        }

        return happened switch
        {
            "data" => Data(channel, content, known),
            "bts:request_reconnect" => new SlowReading(FrameKind.ReconnectRequested),
            "bts:error" => new SlowReading(FrameKind.Refused),
            "bts:heartbeat" => new SlowReading(FrameKind.Heartbeat),
            "bts:subscription_succeeded" => new SlowReading(FrameKind.Acknowledged),
            _ => new SlowReading(FrameKind.Ignored),
        };
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) =>
        SlowJson.Parse(body) is { } root
            ? Book(root, symbol, EventKind.Snapshot)
            : new SlowReading(FrameKind.Failed, symbol);

    private static SlowReading Data(string channel, JsonElement content, IReadOnlySet<string> known)
    {
        var isChange = channel.StartsWith(Changes, StringComparison.Ordinal);
        var symbol = isChange ? channel[Changes.Length..]
            : channel.StartsWith(WholeBook, StringComparison.Ordinal) ? channel[WholeBook.Length..]
            : "";
        return known.Contains(symbol)
            ? Book(content, symbol, isChange ? EventKind.Update : EventKind.Snapshot)
            : new SlowReading(FrameKind.Ignored);
    }

    private static SlowReading Book(JsonElement content, string symbol, EventKind kind)
    {
        var broken = new SlowReading(FrameKind.Failed, symbol);
        if (content.ValueKind != JsonValueKind.Object)
        {
            return broken;
        }

        var time = 0L;
        JsonElement bids = default;
        JsonElement asks = default;
        foreach (var property in content.EnumerateObject())
        {
            switch (SlowJson.NameOf(property))
            {
                case "microtimestamp":
                    if (!SlowJson.TryInteger(property.Value, out time))
                    {
                        return broken;
                    }

                    break;
                case "bids":
                    bids = property.Value;
                    break;
                case "asks":
                    asks = property.Value;
                    break;
            }
        }

        var message = new SlowMessage(symbol, kind, time, time, null);
        return time > 0 && SlowJson.TryRows(bids, message.Bids) && SlowJson.TryRows(asks, message.Asks)
            ? new SlowReading(FrameKind.Depth, symbol) { Messages = [message] }
            : broken;
    }
}
