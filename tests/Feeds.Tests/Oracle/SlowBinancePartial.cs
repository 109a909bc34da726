using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>Binance's partial depth by the slow way.</summary>
internal sealed class SlowBinancePartial : ISlowDialect
{
    private static readonly SlowReading Broken = new(FrameKind.Failed);
    private static readonly SlowReading Ignored = new(FrameKind.Ignored);
    private readonly Dictionary<string, long> _last = [];

    public SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (SlowJson.Parse(frame) is not { ValueKind: JsonValueKind.Object } root || !TryCollect(root, fields))
        {
            return Broken;
        }

        if (fields.TryGetValue("e", out var type))
        {
            return SlowJson.TextOf(type) == "serverShutdown" ? new SlowReading(FrameKind.ReconnectRequested) : Ignored;
        }

        var stream = fields.TryGetValue("stream", out var named) ? SlowJson.TextOf(named) : "";
        var symbol = SymbolOf(stream);
        var id = fields.TryGetValue("lastUpdateId", out var number) && SlowJson.TryInteger(number, out var read)
            ? read
            : 0;
        if (known.Contains(symbol))
        {
            return Book(fields, symbol, id);
        }

        if (id != 0 || fields.ContainsKey("bids") || fields.ContainsKey("asks"))
        {
            return stream.Length == 0 ? Broken : Ignored;
        }

        return fields.ContainsKey("code") || fields.ContainsKey("error") ? new SlowReading(FrameKind.Refused)
            : fields.ContainsKey("result") ? new SlowReading(FrameKind.Acknowledged)
            : Ignored;
    }

    public SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol) =>
        new SlowBinance().ReadSnapshot(body, symbol);

    /// <summary>Each frame is one of a connection of its own.</summary>
    public void ForgetNumber() => _last.Clear();

    private SlowReading Book(Dictionary<string, JsonElement> fields, string symbol, long id)
    {
        var broken = new SlowReading(FrameKind.Failed, symbol);
        if (id <= 0 || !fields.TryGetValue("bids", out var bids) || !fields.TryGetValue("asks", out var asks))
        {
            return broken;
        }

        if (id <= _last.GetValueOrDefault(symbol))
        {
            return Ignored;
        }

        var message = new SlowMessage(symbol, EventKind.Snapshot, 0, id, null);
        if (!SlowJson.TryRows(bids, message.Bids) || !SlowJson.TryRows(asks, message.Asks))
        {
            return broken;
        }

        _last[symbol] = id;
        return new SlowReading(FrameKind.Depth, symbol) { Messages = [message] };
    }

    /// <summary>Empty where the name is not that of a partial depth stream.</summary>
    private static string SymbolOf(string stream)
    {
        var at = stream.IndexOf('@', StringComparison.Ordinal);
        var rest = at < 1 ? "" : stream[at..];
        return rest.StartsWith("@depth", StringComparison.Ordinal) && rest.Length > 6 && rest[6] is >= '1' and <= '9'
            && stream[..at].All(char.IsAscii)
            ? stream[..at].ToUpperInvariant()
            : "";
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
                case "lastUpdateId":
                    if (value.ValueKind == JsonValueKind.Number)
                    {
                        if (!SlowJson.TryInteger(value, out _))
                        {
                            return false;
                        }

                        fields[name] = value;
                    }

                    break;
                case "e" or "stream":
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
}
