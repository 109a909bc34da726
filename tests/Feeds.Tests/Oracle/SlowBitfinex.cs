using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Bitfinex by the slow way: one object a socket, since what a frame means was said before it.</summary>
internal sealed partial class SlowBitfinex : ISlowDialect
{
    private const long Timestamp = 1 << 15;
    private const long Sequence = 1 << 16;
    private const long Bulk = 1 << 29;
    private static readonly SlowReading Broken = new(FrameKind.Failed);
    private readonly Dictionary<long, string> _symbols = [];
    private readonly HashSet<long> _served = [];
    private long _flags;
    private long _last;

    public ISlowDialect Another() => new SlowBitfinex();

    public long ChannelOf(string symbol) =>
        _symbols.Where(channel => channel.Value == symbol).Select(channel => channel.Key).FirstOrDefault(990_001);

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        var reading = ReadFrame(frame, known);
        if (reading.Kind == FrameKind.Failed)
        {
            Lose(reading.Symbol);
        }

        return reading;
    }

    /// <summary>What was lost may have been the whole book: the next rows are none.</summary>
    private void Lose(string symbol) =>
        _served.UnionWith(_symbols.Where(open => symbol.Length == 0 || open.Value == symbol).Select(open => open.Key));

    private SlowReading ReadFrame(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        if (SlowJson.Parse(frame) is not { } root)
        {
            return Broken;
        }

        return root.ValueKind switch
        {
            JsonValueKind.Object => Event(root, known),
            JsonValueKind.Array when root.GetArrayLength() >= 2 && SlowJson.TryInteger(root[0], out var channel) =>
                Numbered(root, channel),
            _ => Broken,
        };
    }

    public void ForgetNumber() => _last = 0;

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) => new(FrameKind.Ignored, symbol);

    private SlowReading Event(JsonElement root, IReadOnlySet<string> known)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        var closed = false;
        foreach (var property in root.EnumerateObject())
        {
            var (name, value) = (SlowJson.NameOf(property), property.Value);
            if (value.ValueKind == JsonValueKind.String)
            {
                texts[name] = SlowJson.TextOf(value);
            }
            else if (TryWhole(value, out var number))
            {
                numbers[name] = number;
            }
            else if (name == "platform" && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in value.EnumerateObject())
                {
                    closed = SlowJson.NameOf(inner) == "status" && inner.Value.ValueKind == JsonValueKind.Number
                        ? inner.Value.GetRawText() == "0"
                        : closed;
                }
            }
        }

        return Event(texts, numbers, closed, known);
    }

    private SlowReading Event(
        Dictionary<string, string> texts, Dictionary<string, long> numbers, bool closed, IReadOnlySet<string> known)
    {
        var (code, channel) = (numbers.GetValueOrDefault("code"), numbers.GetValueOrDefault("chanId"));
        var symbol = texts.GetValueOrDefault("symbol", "");
        symbol = texts.GetValueOrDefault("channel") == "book" && known.Contains(symbol) ? symbol : "";
        switch (texts.GetValueOrDefault("event", ""))
        {
            case "info" when code is 20_051 or 20_061:
                return new SlowReading(FrameKind.ReconnectRequested);
            case "info" when code == 20_060:
                return new SlowReading(FrameKind.Paused);
            case "info" when numbers.GetValueOrDefault("version") != 0:
                _symbols.Clear();
                (_flags, _last) = (0, 0);
                return new SlowReading(closed ? FrameKind.Paused : FrameKind.Welcome);
            case "conf" when texts.GetValueOrDefault("status") == "OK":
                (_flags, _last) = (numbers.GetValueOrDefault("flags"), 0);
                return new SlowReading(FrameKind.Acknowledged);
            case "conf":
                return new SlowReading(FrameKind.Refused);
            case "subscribed" when symbol.Length != 0 && channel > 0
                && texts.GetValueOrDefault("prec", "") is "" or "P0":
                return new SlowReading(FrameKind.Acknowledged, symbol.Length != 0 ? Open(channel, symbol) : "");
            case "unsubscribed" when _symbols.Remove(channel, out var left):
                return new SlowReading(FrameKind.Unsubscribed, left);
            case "subscribed" or "unsubscribed":
                return new SlowReading(FrameKind.Acknowledged);
            case "error" when code == 10_301 && symbol.Length != 0 && !_symbols.ContainsValue(symbol):
                return new SlowReading(FrameKind.Gapped);
            case "error":
                return new SlowReading(code == 10_301 ? FrameKind.Acknowledged : FrameKind.Refused, symbol);
            case "pong":
                return new SlowReading(FrameKind.Heartbeat);
            default:
                return new SlowReading(FrameKind.Ignored);
        }
    }

    private string Open(long channel, string symbol)
    {
        foreach (var old in _symbols.Where(old => old.Value == symbol).Select(old => old.Key).ToArray())
        {
            _symbols.Remove(old);
        }

        _symbols[channel] = symbol;
        _served.Remove(channel);
        return symbol;
    }

    private SlowReading Numbered(JsonElement root, long channel)
    {
        var symbol = _symbols.GetValueOrDefault(channel, "");
        var tag = root[1].ValueKind == JsonValueKind.String ? SlowJson.TextOf(root[1]) : null;
        var tail = root.EnumerateArray().Skip(tag == "cs" ? 3 : 2)
            .Select(element => TryWhole(element, out var whole) ? whole : 0).Reverse().ToArray();
        var sequence = 0L;
        var missed = false;
        if ((_flags & Sequence) != 0)
        {
            sequence = tail.ElementAtOrDefault((_flags & Timestamp) != 0 ? 1 : 0);
            if (sequence <= 0)
            {
                return new SlowReading(FrameKind.Failed, symbol);
            }

            missed = _last != 0 && sequence != _last + 1;
            _last = sequence;
            if (missed)
            {
                Lose("");
            }
        }

        var reading = symbol.Length == 0 || tag is not (null or "cs")
            ? new SlowReading(tag == "hb" ? FrameKind.Heartbeat : FrameKind.Ignored, symbol)
            : tag is null ? Rows(root[1], channel, symbol, sequence)
            : Checksum(root, symbol, sequence);
        return reading with { IsBehindAHole = missed };
    }

    private static SlowReading Checksum(JsonElement root, string symbol, long sequence) =>
        root.GetArrayLength() > 2 && TryWhole(root[2], out var value) && value is >= int.MinValue and <= int.MaxValue
            ? new SlowReading(FrameKind.Depth, symbol)
            {
                Messages = [new SlowMessage(symbol, EventKind.Update, 0, sequence, unchecked((uint)value))],
            }
            : new SlowReading(FrameKind.Failed, symbol);

    private SlowReading Rows(JsonElement content, long channel, string symbol, long sequence)
    {
        var failed = new SlowReading(FrameKind.Failed, symbol);
        if (content.ValueKind != JsonValueKind.Array)
        {
            return failed;
        }

        var isOne = content.GetArrayLength() != 0 && content[0].ValueKind != JsonValueKind.Array;
        var isWhole = !isOne && ((_flags & Bulk) == 0 || !_served.Contains(channel));
        var message = new SlowMessage(symbol, isWhole ? EventKind.Snapshot : EventKind.Update, 0, sequence, null);
        JsonElement[] rows = isOne ? [content] : [.. content.EnumerateArray()];
        if (isWhole)
        {
            _served.Add(channel);
        }

        return rows.All(row => TryRow(row, message))
            ? new SlowReading(FrameKind.Depth, symbol) { Messages = [message] }
            : failed;
    }

    private static bool TryRow(JsonElement row, SlowMessage message)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < 3
            || row.EnumerateArray().Take(3).Any(number => number.ValueKind != JsonValueKind.Number)
            || !SlowJson.TryInteger(row[1], out var count) || count < 0)
        {
            return false;
        }

        var (price, amount) = (row[0].GetRawText(), row[2].GetRawText());
        var isAsk = amount.StartsWith('-');
        amount = amount.TrimStart('-');
        if (!amount.Split('e', 'E')[0].Any(digit => digit is >= '1' and <= '9')
            || !SlowJson.TryLevel(price, count == 0 ? "0" : amount, out var level))
        {
            return false;
        }

        level = level with { IsOdd = count != 0 && !(Printed().IsMatch(price) && Printed().IsMatch(amount)) };
        (isAsk ? message.Asks : message.Bids).Add(level);
        return true;
    }

    private static bool TryWhole(JsonElement element, out long value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && SlowJson.TryInteger(element, out value);
    }

    /// <summary>What JavaScript prints.</summary>
    [GeneratedRegex(
        @"\A(?!0\.000000)(0|[1-9][0-9]*)(\.[0-9]*[1-9])?\z|\A[1-9](\.[0-9]*[1-9])?e-([7-9]|[1-9][0-9])\z")]
    private static partial Regex Printed();
}
